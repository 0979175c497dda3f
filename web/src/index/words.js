/** Words of the index of a site; keys begin with "index.". */
export const words = {
    en: {
        'index.search': 'Search',
        'index.search_hint': 'name, meet, place or year',
        'index.order': 'Order',
        'index.newest': 'Newest first',
        'index.fastest': 'Fastest first',
        'index.shown': '{0} of {1} races',
        'index.none': 'No race has all these words.',
    },
    ja: {
        'index.search': '検索',
        'index.search_hint': '氏名・大会・場所・年',
        'index.order': '並べ方',
        'index.newest': '新しい順',
        'index.fastest': '記録順',
        'index.shown': '{1}レース中{0}件',
        'index.none': 'すべての語を含むレースはありません。',
    },
};
