/* silhouette.h - a runner's outline as a mask, from the side or from ahead, and how alike two are.
 */
#ifndef SILHOUETTE_H
#define SILHOUETTE_H

#include <math.h>
#include <string.h>

#include "body/gait.h"
#include "body/mesh.h"

/* 100 px a metre; the middle column is the centre of mass, the lowest row the ground. */
enum { SIL_W = 260, SIL_H = 230 };

typedef struct silhouette {
    uint8_t in[SIL_H][SIL_W];
} silhouette;

typedef enum sil_view { SIL_SIDE, SIL_FRONT } sil_view;

static inline float sil_edge(const float a[2], const float b[2], float x, float y)
{
    return (b[0] - a[0]) * (y - a[1]) - (b[1] - a[1]) * (x - a[0]);
}

/* Pixels whose centre lies in a triangle, whichever way it turns. */
static inline void sil_fill(silhouette *s, const float p[3][2])
{
    float lo[2] = {1e9f, 1e9f}, hi[2] = {-1e9f, -1e9f};
    for (int c = 0; c < 3; c++)
        for (int d = 0; d < 2; d++)
            lo[d] = fminf(lo[d], p[c][d]), hi[d] = fmaxf(hi[d], p[c][d]);
    for (int y = (int)fmaxf(lo[1], 0); y <= (int)fminf(hi[1], SIL_H - 1); y++)
        for (int x = (int)fmaxf(lo[0], 0); x <= (int)fminf(hi[0], SIL_W - 1); x++) {
            float u = (float)x + 0.5f, v = (float)y + 0.5f;
            float a = sil_edge(p[0], p[1], u, v), b = sil_edge(p[1], p[2], u, v),
                  e = sil_edge(p[2], p[0], u, v);
            if ((a >= 0 && b >= 0 && e >= 0) || (a <= 0 && b <= 0 && e <= 0))
                s->in[y][x] = 1;
        }
}

/* The skin of a pose; pos_m has room for the mesh's vertices. */
static inline void sil_draw(const hm_mesh *mesh, const hm_pose *pose, sil_view view, hm_vec3 *pos_m,
                            silhouette *s)
{
    memset(s, 0, sizeof *s);
    hm_mesh_skin(mesh, pose, pos_m, NULL);
    for (int32_t k = 0; k < mesh->n_tri; k++) {
        float p[3][2];
        for (int c = 0; c < 3; c++) {
            hm_vec3 v = pos_m[mesh->tri[k][c]];
            float u = view == SIL_SIDE ? v.z - pose->com_m.z : v.x - pose->com_m.x;
            p[c][0] = 0.5f * SIL_W + 100 * u, p[c][1] = SIL_H - 1 - 100 * v.y;
        }
        sil_fill(s, (const float(*)[2])p);
    }
}

/* Shared over joint pixels: 1 the same, 0 nothing in common. */
static inline double sil_alike(const silhouette *a, const silhouette *b)
{
    int both = 0, any = 0;
    for (int y = 0; y < SIL_H; y++)
        for (int x = 0; x < SIL_W; x++)
            both += a->in[y][x] & b->in[y][x], any += a->in[y][x] | b->in[y][x];
    return any ? (double)both / any : 1;
}

#endif
