/* book/meets.h - meets out of the book again, to be written in any format or taken into another
 * book. */
#ifndef HM_BOOK_MEETS_H
#define HM_BOOK_MEETS_H

#include "book/book.h"

/**
 * A meet as the book believes it: of each person and heat the first result, or the entry where
 * there is none; rivals are left out. Heats in the order in which they came, marks by place.
 *
 * in     id    of hm_book_meets (book/deeds.h)
 * out    meet  passes hm_meet_check; the id of a person is the book's number, the whole name stands
 *              in last_name, gaps are not told; a note where marks of one heat tell other winds
 * errors HM_ERR_INPUT no such meet
 * memory arena
 * test   tests/unit/book/test_meets.c
 */
HM_CHECKED hm_status hm_book_meet_read(hm_book *book, int64_t id, hm_arena *arena, hm_meet *meet,
                                       hm_err *err);

/**
 * What was imported and still stands, import by import: each as a meet with the file it came from.
 * Taken in this order into an empty book they give the same people, heats, marks and rivals; merged
 * people as one, settled contests without the versions that lost.
 *
 * in     id    of one meet, 0 = of all
 * out    n, meet  in the order of the imports; the content as in hm_book_meet_read
 * errors HM_ERR_INPUT no such meet
 * memory arena
 */
HM_CHECKED hm_status hm_book_history(hm_book *book, int64_t id, hm_arena *arena, int32_t *n,
                                     hm_meet **meet, hm_err *err);

#endif
