// A race of the story with every footfall: the engine makes it from what the story books, by the
// same C as `hecto film` (web/engine/story.c), so that the page need not carry it.

/** A story of one race and of the people in it, without their years. */
export function storyOf(model, race) {
    const {story} = model;
    const people = race.runs.map((run) => story.people[run.who.index])
                       .map((person) => ({...person, seasons: [], account: []}));
    return {
        format: 'hectometre-story',
        version: 1,
        seed: 0,
        title: story.title || '',
        scenario: '',
        first_year: story.first_year,
        last_year: story.last_year,
        year_begins: story.year_begins,
        people,
        races: [story.races[race.index]],
        meetings: [],
        ideas: [],
        injuries: [],
        rivals: [],
        futures: [],
        chapters: [],
        notes: [],
    };
}

/**
 * @param {import('../context.js').Context} ctx
 * @param {import('./model.js').Model} model
 * @param {import('./model.js').Race} race
 * @returns {Promise<{race: any, look: string}>}
 */
export async function askRace(ctx, model, race) {
    const there = ctx.data.races[race.index];
    const {race: made} = await ctx.lab.call('story.race', {
        story_text: JSON.stringify(storyOf(model, race)),
        seed: ctx.data.seed,
        index: there.index,
    });
    return {race: made, look: there.look};
}
