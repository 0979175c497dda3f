// Stands in for the film until it is there.

/** Draws nothing yet. */
export class Film {
    /** @param {Uint8Array} engine @param {Uint8Array|null} letters */
    constructor(engine, letters) {
        this.engine = engine;
        this.letters = letters;
    }
}
