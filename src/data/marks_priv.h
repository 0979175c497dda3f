/* marks_priv.h - marks as a part of another file: the truth of a synthetic clip holds them. */
#ifndef HM_DATA_MARKS_PRIV_H
#define HM_DATA_MARKS_PRIV_H

#include "data/marks.h"
#include "io/json.h"

/** Members of the object that is open. */
void marks_put(hm_json_out *o, const hm_marks *marks);

/** Read and check the marks of object v. out  marks  untouched on failure */
HM_CHECKED hm_status marks_get(const hm_json *v, hm_arena *arena, hm_marks *marks, hm_err *err);

#endif
