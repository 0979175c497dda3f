#include "keys_priv.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>

#include "io/file.h"
#include "io/folder.h"

/* Nodes and handles are taken for corners: good enough to know curves again by. */
void roto_key_print(int32_t n, const roto_curve *curve, float print[5])
{
    double area = 0;
    print[0] = print[1] = 1e9f, print[2] = print[3] = -1e9f;
    for (int32_t k = 0; k < n; k++) {
        const roto_curve *c = &curve[k];
        for (int32_t i = 0; i <= 3 * c->n && c->n > 0; i++) {
            roto_xy p = c->p[i], q = c->p[i < 3 * c->n ? i + 1 : 0];
            print[0] = fminf(print[0], p.x), print[1] = fminf(print[1], p.y);
            print[2] = fmaxf(print[2], p.x), print[3] = fmaxf(print[3], p.y);
            area += 0.5 * ((double)p.x * (double)q.y - (double)q.x * (double)p.y);
        }
    }
    print[4] = (float)area;
}

typedef struct out {
    hm_file file;
    hm_err *err;
    hm_status status;
} out;

static void say(out *o, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

static void say(out *o, const char *fmt, ...)
{
    char text[512];
    va_list ap;
    va_start(ap, fmt);
    int n = vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    if (o->status == HM_OK && n > 0)
        o->status = hm_file_put(&o->file, text, (size_t)n, o->err);
}

static void say_colour(out *o, const char *name, hm_rgb c)
{
    int v[3] = {(int)(255 * c.r + 0.5f), (int)(255 * c.g + 0.5f), (int)(255 * c.b + 0.5f)};
    say(o, " %s=\"#%02x%02x%02x\"", name, v[0], v[1], v[2]);
}

static void say_curves(out *o, int32_t n, const roto_curve *curve)
{
    say(o, " d=\"");
    for (int32_t k = 0; k < n; k++) {
        const roto_curve *c = &curve[k];
        if (c->n == 0)
            continue;
        say(o, "M%.2f %.2f", (double)c->p[0].x, (double)c->p[0].y);
        for (int32_t s = 0; s < c->n; s++) {
            const roto_xy *p = c->p + 3 * s;
            say(o, "C%.2f %.2f %.2f %.2f %.2f %.2f", (double)p[1].x, (double)p[1].y, (double)p[2].x,
                (double)p[2].y, (double)p[3].x, (double)p[3].y);
        }
        say(o, "Z");
    }
    say(o, "\"");
}

static void say_area(out *o, int32_t person, const roto_area *a)
{
    float print[5];
    roto_key_print(a->n_curve, a->curve, print);
    say(o, "<path id=\"p%d-%s\" fill-rule=\"nonzero\"", person, a->id);
    say_colour(o, "fill", a->colour);
    say(o, " hecto:print=\"%.2f %.2f %.2f %.2f %.1f ", (double)print[0], (double)print[1],
        (double)print[2], (double)print[3], (double)print[4]);
    int v[3] = {(int)(255 * a->colour.r + 0.5f), (int)(255 * a->colour.g + 0.5f),
                (int)(255 * a->colour.b + 0.5f)};
    say(o, "%02x%02x%02x\"", v[0], v[1], v[2]);
    say_curves(o, a->n_curve, a->curve);
    say(o, "/>\n");
}

/* Lines are there to be seen, not to be changed: they follow from the areas. */
static void say_lines(out *o, const roto_figure *f, const hm_rgb *ink)
{
    for (int32_t k = 0; k < f->n_stroke; k++) {
        const roto_stroke *s = &f->stroke[k];
        say(o, "<path id=\"p%d-line-%d\" fill=\"none\" stroke-linecap=\"round\"", f->id, k + 1);
        say_colour(o, "stroke", *ink);
        say(o, " stroke-width=\"%.2f\" d=\"", (double)s->width_frac);
        for (int32_t i = 0; i < s->n; i += 2)
            say(o, "%s%.1f %.1f", i == 0 ? "M" : "L", (double)s->p[i].x, (double)s->p[i].y);
        say(o, "%s\"/>\n", s->closed ? "Z" : "");
    }
}

static void say_figure(out *o, const roto_figure *f, const hm_rgb *ink)
{
    roto_area matte = f->matte;
    matte.colour = (hm_rgb){1, 1, 1};
    say(o, "<g id=\"p%d\">\n", f->id);
    say_area(o, f->id, &matte);
    say(o, "<clipPath id=\"p%d-clip\"><use href=\"#p%d-matte\"/></clipPath>\n", f->id, f->id);
    say(o, "<g id=\"p%d-colour\" clip-path=\"url(#p%d-clip)\">\n", f->id, f->id);
    for (int32_t k = 0; k < f->n_area; k++)
        say_area(o, f->id, &f->area[k]);
    say(o, "</g>\n<g id=\"p%d-ink\">\n", f->id);
    say_lines(o, f, ink);
    say(o, "</g>\n</g>\n");
}

hm_status roto_key_write(const char *dir, const roto_drawing *d, int32_t w_px, int32_t h_px,
                         const hm_rgb *ink, bool *written, hm_err *err)
{
    char path[HM_FILE_PATH_MAX];
    int n = snprintf(path, sizeof path, "%s/drawing_%05lld.svg", dir, (long long)d->number + 1);
    if (n < 0 || (size_t)n >= sizeof path)
        return hm_err_set(err, HM_ERR_USAGE, dir, 0, 0, "--keys", "the path is too long");
    *written = false;
    if (hm_folder_has(path))
        return HM_OK;
    out o = {.err = err};
    HM_TRY(hm_file_create(path, &o.file, err));
    say(&o, "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:hecto=\"urn:hectometre:rotoscope\" ");
    say(&o, "width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" hecto:time_s=\"%.6f\">\n", w_px, h_px,
        w_px, h_px, d->time_s);
    for (int32_t k = 0; k < d->n_figure; k++)
        say_figure(&o, &d->figure[k], ink);
    say(&o, "</svg>\n");
    if (o.status != HM_OK) {
        hm_file_abort(&o.file);
        return o.status;
    }
    *written = true;
    return hm_file_commit(&o.file, err);
}
