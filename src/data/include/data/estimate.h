/* data/estimate.h - a number with its interval. */
#ifndef HM_DATA_ESTIMATE_H
#define HM_DATA_ESTIMATE_H

/** A value and its 90 % interval, all in the unit that the field's name ends in. */
typedef struct hm_estimate {
    double value;      /* [1] NAN = not part of this run */
    double lo90, hi90; /* [1] NAN = not determined */
} hm_estimate;

#endif
