/** Words of this view; keys begin with "life.". */
export const words = {en: {}, ja: {}};
