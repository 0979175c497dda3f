// Stands in for the laboratory until it is there.

/** Computes nothing yet. */
export class Lab {
    /** @param {Uint8Array} engine */
    constructor(engine) {
        this.engine = engine;
    }
}
