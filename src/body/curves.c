#include "curves_priv.h"

const float BODY_EVENT_AT[BODY_EVENTS] = {0, .5f, 1, .15f, .32f, .42f, .68f, .87f};

/* Touch-down, mid-stance, toe-off, early swing, other foot lands, most knee bend, highest thigh,
 * late swing. The first four tables: docs/physics/kinematics.md (own values inside ranges that
 * are recalled); jog and walk: own, by eye. */
const body_event BODY_TABLE[BODY_TABLE_COUNT][BODY_EVENTS] = {
    [BODY_STEP1] = {{42, 90, 14, -50, 85},
                    {14, 72, 30, 10, 90},
                    {-38, 14, -32, 60, 105},
                    {-32, 38, -26, 52, 105},
                    {2, 78, -8, 10, 95},
                    {26, 100, 2, -15, 88},
                    {76, 104, 10, -75, 85},
                    {66, 92, 12, -65, 85}},
    [BODY_10M] = {{38, 48, 4, -45, 80},
                  {12, 58, 26, 10, 85},
                  {-32, 16, -32, 50, 105},
                  {-28, 50, -25, 45, 110},
                  {0, 100, -12, 5, 90},
                  {24, 122, -4, -15, 78},
                  {78, 100, 4, -78, 78},
                  {60, 62, 4, -70, 80}},
    [BODY_TOP] = {{29, 24, -6, -38, 80},
                  {10, 45, 24, 10, 85},
                  {-30, 18, -32, 42, 105},
                  {-27, 62, -25, 36, 115},
                  {-4, 118, -14, 2, 90},
                  {20, 138, -6, -18, 70},
                  {72, 95, 0, -75, 75},
                  {48, 32, -2, -65, 80}},
    [BODY_CHILD] = {{34, 28, -4, -30, 85},
                    {7, 46, 22, 5, 88},
                    {-31, 26, -28, 32, 95},
                    {-27, 62, -22, 26, 98},
                    {0, 102, -10, 2, 90},
                    {18, 116, -4, -14, 82},
                    {56, 88, 2, -52, 82},
                    {40, 40, 0, -45, 85}},
    [BODY_JOG] = {{24, 16, 0, -22, 82},
                  {6, 36, 16, 0, 84},
                  {-20, 20, -20, 20, 88},
                  {-14, 46, -18, 18, 90},
                  {4, 76, -8, 4, 88},
                  {15, 82, -2, -8, 84},
                  {36, 58, 2, -28, 80},
                  {31, 24, 2, -26, 80}},
    [BODY_WALK] = {{23, 5, 2, -16, 22},
                   {2, 12, 8, 0, 24},
                   {-17, 30, -12, 15, 32},
                   {-8, 50, -12, 13, 32},
                   {6, 60, -2, 6, 28},
                   {14, 56, 2, 0, 26},
                   {26, 28, 4, -14, 22},
                   {26, 8, 2, -17, 22}},
};

body_event body_event_mix(body_event a, body_event b, float u)
{
    return (body_event){a.thigh + u * (b.thigh - a.thigh), a.knee + u * (b.knee - a.knee),
                        a.ankle + u * (b.ankle - a.ankle),
                        a.shoulder + u * (b.shoulder - a.shoulder),
                        a.elbow + u * (b.elbow - a.elbow)};
}

/* Slope at the middle one of three knots: of the parabola through them. */
static float slope(double h0, double h1, float a, float b, float c)
{
    double s0 = (double)(b - a) / h0, s1 = (double)(c - b) / h1;
    return (float)((s0 * h1 + s1 * h0) / (h0 + h1));
}

/* Cubic with these slopes at both ends. */
static float cubic(const double t[4], float a, float b, float c, float d, double at)
{
    double h = t[2] - t[1], u = (at - t[1]) / h, u2 = u * u, u3 = u2 * u;
    float m0 = slope(t[1] - t[0], h, a, b, c), m1 = slope(h, t[3] - t[2], b, c, d);
    return (float)((2 * u3 - 3 * u2 + 1) * (double)b + (u3 - 2 * u2 + u) * h * (double)m0 +
                   (3 * u2 - 2 * u3) * (double)c + (u3 - u2) * h * (double)m1);
}

body_event body_event_curve(const double t[4], const body_event v[4], double at)
{
#define ANGLE(name) cubic(t, v[0].name, v[1].name, v[2].name, v[3].name, at)
    return (body_event){ANGLE(thigh), ANGLE(knee), ANGLE(ankle), ANGLE(shoulder), ANGLE(elbow)};
#undef ANGLE
}
