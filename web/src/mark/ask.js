// Questions to the program's own C, in a worker of this page.
import {EngineWorker} from '../crew.js';

/**
 * @param {import('../context.js').Context} ctx
 * @returns {Promise<(what: string, question: any) => Promise<any>>}
 *          an answer, or {error: {message, where}}
 */
export async function openAsk(ctx) {
    const engine = new EngineWorker(await ctx.bundle.bytes('engine'));
    await engine.ready;
    return async (what, question) => {
        try {
            return await engine.call(what, question);
        } catch (error) {
            return {error: {message: error.message, where: error.where || ''}};
        }
    };
}
