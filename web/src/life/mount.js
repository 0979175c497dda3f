// Stands in for the view until it is there.

/** @param {HTMLElement} node @param {import('../context.js').Context} ctx */
export async function mountLife(node, ctx) {
    node.dataset.kind = ctx.kind;
}
