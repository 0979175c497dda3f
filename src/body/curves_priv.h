/* curves_priv.h - joint angles of running by phase: tables, and curves through them in time. */
#ifndef HM_BODY_CURVES_PRIV_H
#define HM_BODY_CURVES_PRIV_H

enum { BODY_EVENTS = 8 };

/** Angles at one event of the stride, deg: thigh from the downward vertical + forward; knee bend;
 *  ankle + toes up; same-side arm against the trunk + forward; elbow bend. */
typedef struct body_event {
    float thigh, knee, ankle, shoulder, elbow;
} body_event;

typedef enum body_gait_table {
    BODY_STEP1,
    BODY_10M,
    BODY_TOP,
    BODY_CHILD,
    BODY_JOG,
    BODY_WALK,
    BODY_TABLE_COUNT
} body_gait_table;

/** Where event k lies: share of stance for k < 3, of swing from there on. */
extern const float BODY_EVENT_AT[BODY_EVENTS];

extern const body_event BODY_TABLE[BODY_TABLE_COUNT][BODY_EVENTS];

/** a + u (b - a), each angle. */
body_event body_event_mix(body_event a, body_event b, float u);

/** Smooth curve through four knots (t ascending) between the second and the third. */
body_event body_event_curve(const double t[4], const body_event v[4], double at);

#endif
