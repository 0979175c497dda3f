/** Words of this view; keys begin with "player.". */
export const words = {en: {}, ja: {}};
