// A race of the story with every footfall: the engine makes it from what the story books, by the
// same C as `hecto film`, so that the page need not carry it.

/**
 * @param {import('../context.js').Context} ctx
 * @param {import('./model.js').Model} model
 * @param {import('./model.js').Race} race
 * @returns {Promise<{race: any, look: string}>}
 */
export async function askRace(ctx, model, race)
{
    const told = model.story.races[race.index];
    const there = (ctx.data.races || []).find((r) => r.id === race.id) || {};
    const people = race.runs.map((run) => model.story.people[run.who.index])
                       .map((p) => ({...p, seasons : [], account : []}));
    const answer = await ctx.lab.ask(
        'story_race', {seed : model.story.seed, i_race : there.index, race : told, people});
    return {race : answer, look : there.look || 'broadcast'};
}
