#include "svg_path_priv.h"

#include <math.h>
#include <string.h>

#include "io/number.h"
#include "num/dmath.h"

enum { NODE_MAX = 100000 };

/* ---- numbers ---- */

static const char *skip(const char *s)
{
    return s + strspn(s, " \t\r\n,");
}

/* Bytes of the number at s: sign, digits with a point, exponent; 0 = there is none. */
static size_t number_bytes(const char *s)
{
    size_t n = *s == '-' || *s == '+', digits = strspn(s + n, "0123456789");
    n += digits;
    if (s[n] == '.') {
        size_t after = strspn(s + n + 1, "0123456789");
        digits += after, n += 1 + after;
    }
    if (digits == 0)
        return 0;
    if (s[n] == 'e' || s[n] == 'E') {
        size_t sign = s[n + 1] == '-' || s[n + 1] == '+',
               e = strspn(s + n + 1 + sign, "0123456789");
        n += e > 0 ? 1 + sign + e : 0;
    }
    return n;
}

bool svg_number_read(const char **s, float *v)
{
    double x;
    char text[48] = "0";
    *s = skip(*s);
    size_t n = number_bytes(*s), at = **s == '-' || **s == '+';
    if (n == 0 || n > 40)
        return false;
    /* ".5" and "5." are numbers in SVG: give both a digit */
    text[0] = **s == '-' ? '-' : '+', text[1] = '0';
    memcpy(text + 2, *s + at, n - at);
    text[2 + n - at] = 0;
    if (text[1 + n - at] == '.')
        text[2 + n - at] = '0', text[3 + n - at] = 0;
    if (hm_number_parse(text, '.', &x) != HM_NUMBER_OK || !(fabs(x) < 1e6))
        return false;
    *s += n;
    *v = (float)x;
    return true;
}

/* ---- transforms ---- */

svg_matrix svg_matrix_times(const svg_matrix *p, const svg_matrix *q)
{
    return (svg_matrix){p->a * q->a + p->c * q->b,        p->b * q->a + p->d * q->b,
                        p->a * q->c + p->c * q->d,        p->b * q->c + p->d * q->d,
                        p->a * q->e + p->c * q->f + p->e, p->b * q->e + p->d * q->f + p->f};
}

static bool one_transform(const char **s, svg_matrix *m)
{
    static const char *const names[] = {"matrix", "translate", "scale", "rotate"};
    float v[6] = {0};
    int kind = 0, n = 0;
    while (kind < 4 && strncmp(*s, names[kind], strlen(names[kind])) != 0)
        kind++;
    if (kind == 4)
        return false;
    *s = skip(*s + strlen(names[kind]));
    if (*(*s)++ != '(')
        return false;
    while (n < 6 && svg_number_read(s, &v[n]))
        n++;
    *s = skip(*s);
    if (*(*s)++ != ')' || (kind == 0 ? n != 6 : n < 1))
        return false;
    float co = (float)hm_cos((double)v[0] * HM_PI / 180),
          si = (float)hm_sin((double)v[0] * HM_PI / 180);
    *m = kind == 0   ? (svg_matrix){v[0], v[1], v[2], v[3], v[4], v[5]}
         : kind == 1 ? (svg_matrix){1, 0, 0, 1, v[0], n > 1 ? v[1] : 0}
         : kind == 2
             ? (svg_matrix){v[0], 0, 0, n > 1 ? v[1] : v[0], 0, 0}
             : (svg_matrix){
                   co, si, -si, co, v[1] - co * v[1] + si * v[2], v[2] - si * v[1] - co * v[2]};
    return true;
}

bool svg_transform_read(const char *s, svg_matrix *out)
{
    *out = (svg_matrix){1, 0, 0, 1, 0, 0};
    for (s = skip(s); *s; s = skip(s)) {
        svg_matrix m;
        if (!one_transform(&s, &m))
            return false;
        *out = svg_matrix_times(out, &m);
    }
    return true;
}

/* ---- paths ---- */

typedef struct path {
    const svg_matrix *m;
    hm_arena *arena;
    int32_t n;
    roto_curve *curve;
    size_t cap_curve, cap_p;
    int32_t nodes;
    roto_xy at, start, handle; /* handle: of the curve before, for S and T */
    char before;
} path;

static roto_xy moved(const path *p, roto_xy q)
{
    return (roto_xy){p->m->a * q.x + p->m->c * q.y + p->m->e,
                     p->m->b * q.x + p->m->d * q.y + p->m->f};
}

static bool begin(path *p, roto_xy at)
{
    roto_curve *room = HM_GROW(p->arena, p->curve, p->n, &p->cap_curve);
    if (!room)
        return false;
    p->curve = room;
    p->curve[p->n++] = (roto_curve){.closed = true};
    p->cap_p = 0;
    p->at = p->start = p->handle = at;
    return true;
}

static bool cubic(path *p, roto_xy a, roto_xy b, roto_xy to)
{
    if (p->n == 0 || ++p->nodes > NODE_MAX)
        return false;
    roto_curve *c = &p->curve[p->n - 1];
    size_t n = c->n > 0 ? (size_t)(3 * c->n + 1) : 0;
    roto_xy *room = hm_arena_grow(p->arena, c->p, n, 4, &p->cap_p, sizeof *room);
    if (!room)
        return false;
    c->p = room;
    roto_xy *q = room + 3 * c->n;
    q[0] = moved(p, p->at), q[1] = moved(p, a), q[2] = moved(p, b), q[3] = moved(p, to);
    c->n++;
    p->at = to, p->handle = b;
    return true;
}

static bool line(path *p, roto_xy to)
{
    roto_xy a = {p->at.x + (to.x - p->at.x) / 3, p->at.y + (to.y - p->at.y) / 3};
    roto_xy b = {p->at.x + (to.x - p->at.x) * 2 / 3, p->at.y + (to.y - p->at.y) * 2 / 3};
    bool fine = cubic(p, a, b, to);
    p->handle = to;
    return fine;
}

static bool quadratic(path *p, roto_xy h, roto_xy to)
{
    roto_xy a = {p->at.x + (h.x - p->at.x) * 2 / 3, p->at.y + (h.y - p->at.y) * 2 / 3};
    roto_xy b = {to.x + (h.x - to.x) * 2 / 3, to.y + (h.y - to.y) * 2 / 3};
    bool fine = cubic(p, a, b, to);
    p->handle = h;
    return fine;
}

static roto_xy mirrored(const path *p, const char *kinds)
{
    if (!p->before || !strchr(kinds, p->before))
        return p->at;
    return (roto_xy){2 * p->at.x - p->handle.x, 2 * p->at.y - p->handle.y};
}

/* One command, upper case, with its numbers made absolute. */
static bool command(path *p, char c, const float *v)
{
    roto_xy q[3] = {{v[0], v[1]}, {v[2], v[3]}, {v[4], v[5]}};
    switch (c) {
    case 'M':
        return begin(p, q[0]);
    case 'L':
        return line(p, q[0]);
    case 'H':
        return line(p, (roto_xy){v[0], p->at.y});
    case 'V':
        return line(p, (roto_xy){p->at.x, v[0]});
    case 'C':
        return cubic(p, q[0], q[1], q[2]);
    case 'S':
        return cubic(p, mirrored(p, "CS"), q[0], q[1]);
    case 'Q':
        return quadratic(p, q[0], q[1]);
    case 'T':
        return quadratic(p, mirrored(p, "QT"), q[0]);
    default: /* A */
        return line(p, (roto_xy){v[5], v[6]});
    }
}

static void make_absolute(const path *p, char c, float *v, int n)
{
    for (int k = 0; k < n; k++) {
        bool x = c == 'H' || (c != 'V' && k % 2 == 0);
        if (c == 'A' && k < 5)
            continue;
        if (c == 'A')
            x = k == 5;
        v[k] += x ? p->at.x : p->at.y;
    }
}

static bool close_path(path *p)
{
    if (p->n == 0)
        return false;
    p->at = p->handle = p->start;
    return true;
}

hm_status svg_path_read(const char *d, const svg_matrix *m, hm_arena *arena, int32_t *n,
                        roto_curve **curve, const char **wrong)
{
    static const char commands[] = "MLHVCSQTA";
    static const int numbers[] = {2, 2, 1, 1, 6, 4, 4, 2, 7};
    path p = {.m = m, .arena = arena};
    char c = 0;
    *wrong = "expected path data";
    for (d = skip(d); *d; d = skip(d)) {
        bool letter = (*d >= 'a' && *d <= 'z') || (*d >= 'A' && *d <= 'Z');
        if (letter)
            c = *d++;
        char up = (char)(c >= 'a' ? c - 'a' + 'A' : c);
        const char *which = c ? strchr(commands, up) : NULL;
        float v[7] = {0};
        if (up == 'Z' && letter) {
            if (!close_path(&p))
                return HM_ERR_INPUT;
            p.before = 'Z';
            continue;
        }
        if (!which || !*which)
            return HM_ERR_INPUT;
        int want = numbers[which - commands];
        for (int k = 0; k < want; k++)
            if (!svg_number_read(&d, &v[k]))
                return HM_ERR_INPUT;
        if (c != up)
            make_absolute(&p, up, v, want);
        if (p.before == 'Z' && up != 'M' && !begin(&p, p.at))
            return HM_ERR_SYSTEM;
        if (!command(&p, up, v))
            return HM_ERR_INPUT;
        p.before = up;
        if (up == 'M') /* more pairs are lines */
            c = c == 'm' ? 'l' : 'L';
    }
    *n = p.n, *curve = p.curve;
    return HM_OK;
}
