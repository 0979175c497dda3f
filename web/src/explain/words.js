/** Words of this view; keys begin with "explain.". */
export const words = {en: {}, ja: {}};
