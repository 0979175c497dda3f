/** Words of this view; keys begin with "mark.". */
export const words = {en: {}, ja: {}};
