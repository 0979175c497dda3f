/* Key drawings read again. XML by expat, which is told to refuse document types, so that there are
 * no entities; of SVG only what was written and what Inkscape makes of it: groups with transforms,
 * paths with all commands, fills as attribute or style. */
#include "keys_priv.h"
#include "svg_path_priv.h"

#include <expat.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "io/file.h"
#include "io/folder.h"

enum { DEPTH_MAX = 64, PATH_MAX_N = 20000 };

static const size_t bytes_max = 16u << 20;

typedef struct reader {
    XML_Parser xml;
    const char *source;
    hm_arena *arena;
    roto_key *key;
    size_t cap;
    int32_t n_path, depth;
    svg_matrix matrix[DEPTH_MAX]; /* of the elements that are open */
    hm_status status;
    hm_err *err;
} reader;

static void fail(reader *r, const char *field, const char *what)
{
    if (r->status != HM_OK)
        return;
    r->status =
        hm_err_set(r->err, HM_ERR_INPUT, r->source, (int64_t)XML_GetCurrentLineNumber(r->xml),
                   (int64_t)XML_GetCurrentColumnNumber(r->xml) + 1, field, "%s", what);
    XML_StopParser(r->xml, XML_FALSE);
}

static const char *attribute(const char **attr, const char *name)
{
    for (; attr[0]; attr += 2)
        if (strcmp(attr[0], name) == 0)
            return attr[1];
    return NULL;
}

/* "p3-forearm_r-2": the person and the area's id; lines are left aside. */
static bool whose(const char *id, int32_t *person, char area[40])
{
    char *end;
    if (!id || id[0] != 'p')
        return false;
    long v = strtol(id + 1, &end, 10);
    if (end == id + 1 || *end != '-' || v < 1 || v > HM_TRACK_PERSON_MAX ||
        strncmp(end + 1, "line-", 5) == 0 || strlen(end + 1) >= 40)
        return false;
    *person = (int32_t)v;
    strcpy(area, end + 1);
    return area[0] != 0;
}

/* Six hexadecimal digits. */
static bool read_colour(const char *s, hm_rgb *c)
{
    static const char hex[] = "0123456789abcdef0123456789ABCDEF";
    uint32_t v = 0;
    for (int k = 0; k < 6; k++) {
        const char *at = s[k] ? strchr(hex, s[k]) : NULL;
        if (!at)
            return false;
        v = v << 4 | (uint32_t)((at - hex) & 15);
    }
    *c = (hm_rgb){(float)(v >> 16) / 255.0f, (float)(v >> 8 & 255) / 255.0f,
                  (float)(v & 255) / 255.0f};
    return true;
}

/* fill="#rrggbb", or in style="...;fill:#rrggbb;..." */
static bool fill_of(const char **attr, hm_rgb *c)
{
    const char *fill = attribute(attr, "fill"), *style = attribute(attr, "style");
    const char *in = style ? strstr(style, "fill:") : NULL;
    if (in && (in == style || in[-1] == ';' || in[-1] == ' '))
        fill = in + 5 + strspn(in + 5, " ");
    return fill && fill[0] == '#' && read_colour(fill + 1, c);
}

/* Does the path still look as it was written? */
static void compare(const char *print, roto_edit *e)
{
    float was[5], now[5];
    hm_rgb colour, c = e->area.colour;
    bool known = print != NULL;
    for (int k = 0; k < 5 && known; k++)
        known = svg_number_read(&print, &was[k]);
    if (!known || *print != ' ' || !read_colour(print + 1, &colour)) {
        e->moved = e->coloured = true;
        return;
    }
    roto_key_print(e->area.n_curve, e->area.curve, now);
    for (int k = 0; k < 4; k++)
        e->moved |= !(fabsf(now[k] - was[k]) < 0.3f);
    e->moved |= !(fabsf(now[4] - was[4]) < 3 + 0.01f * fabsf(was[4]));
    e->coloured = fabsf(c.r - colour.r) + fabsf(c.g - colour.g) + fabsf(c.b - colour.b) > 0.01f;
}

static void take_path(reader *r, const char **attr, const svg_matrix *m)
{
    roto_edit e = {0};
    const char *d = attribute(attr, "d");
    if (!d || !whose(attribute(attr, "id"), &e.person, e.area.id))
        return;
    if (++r->n_path > PATH_MAX_N) {
        fail(r, "path", "expected fewer paths");
        return;
    }
    e.area.part = ROTO_NONE;
    for (int k = 0; k < ROTO_PART_COUNT; k++) {
        size_t n = strlen(roto_part_word(k));
        if (strncmp(e.area.id, roto_part_word(k), n) == 0 && e.area.id[n] == '-')
            e.area.part = (uint8_t)k;
    }
    e.area.shade = strstr(e.area.id, "-shade") != NULL;
    e.area.colour = (hm_rgb){0.5f, 0.5f, 0.5f};
    fill_of(attr, &e.area.colour);
    const char *wrong = NULL;
    hm_status s = svg_path_read(d, m, r->arena, &e.area.n_curve, &e.area.curve, &wrong);
    if (s != HM_OK) {
        fail(r, "d", wrong ? wrong : "no memory");
        return;
    }
    compare(attribute(attr, "urn:hectometre:rotoscope|print"), &e);
    if (!e.moved && !e.coloured)
        return;
    roto_edit *room = HM_GROW(r->arena, r->key->edit, r->key->n, &r->cap);
    if (!room) {
        fail(r, NULL, "no memory");
        return;
    }
    r->key->edit = room;
    r->key->edit[r->key->n++] = e;
}

static void XMLCALL on_start(void *ctx, const char *name, const char **attr)
{
    reader *r = ctx;
    const char *local = strrchr(name, '|');
    local = local ? local + 1 : name;
    if (r->depth + 1 >= DEPTH_MAX) {
        fail(r, name, "expected fewer elements within each other");
        return;
    }
    svg_matrix m = r->matrix[r->depth], own;
    const char *transform = attribute(attr, "transform");
    if (transform && !svg_transform_read(transform, &own)) {
        fail(r, "transform", "expected matrix, translate, scale or rotate");
        return;
    }
    if (transform)
        m = svg_matrix_times(&m, &own);
    r->matrix[++r->depth] = m;
    if (strcmp(local, "path") == 0)
        take_path(r, attr, &m);
}

static void XMLCALL on_end(void *ctx, const char *name)
{
    reader *r = ctx;
    (void)name;
    r->depth--;
}

static void XMLCALL on_doctype(void *ctx, const char *name, const char *sysid, const char *pubid,
                               int has_internal)
{
    (void)name, (void)sysid, (void)pubid;
    if (has_internal)
        fail(ctx, "DOCTYPE", "expected no entities");
}

hm_status roto_key_parse(const char *source, const char *bytes, size_t n, hm_arena *arena,
                         roto_key *key, hm_err *err)
{
    roto_key found = {.number = key->number};
    reader r = {.source = source, .arena = arena, .key = &found, .err = err};
    r.matrix[0] = (svg_matrix){1, 0, 0, 1, 0, 0};
    if (n > bytes_max)
        return hm_err_set(err, HM_ERR_INPUT, source, 0, 0, NULL, "expected at most 16 MB");
    r.xml = XML_ParserCreateNS(NULL, '|');
    ROTO_NEED(r.xml);
    XML_SetUserData(r.xml, &r);
    XML_SetElementHandler(r.xml, on_start, on_end);
    XML_SetStartDoctypeDeclHandler(r.xml, on_doctype);
    enum XML_Status s = XML_Parse(r.xml, bytes, (int)n, XML_TRUE);
    if (s != XML_STATUS_OK && r.status == HM_OK)
        r.status = hm_err_set(err, HM_ERR_INPUT, source, (int64_t)XML_GetCurrentLineNumber(r.xml),
                              (int64_t)XML_GetCurrentColumnNumber(r.xml) + 1, NULL,
                              "expected a whole SVG: %s", XML_ErrorString(XML_GetErrorCode(r.xml)));
    XML_ParserFree(r.xml);
    if (r.status == HM_OK)
        *key = found;
    return r.status;
}

hm_status roto_keys_read(const char *dir, hm_arena *arena, roto_keys *keys, hm_err *err)
{
    int32_t n;
    const char **name;
    HM_TRY(hm_folder_list(dir, arena, &n, &name, err));
    roto_keys out = {0, HM_PUSH(arena, roto_key, n + 1)};
    ROTO_NEED(out.key);
    for (int32_t k = 0; k < n; k++) { /* names are sorted, and so are their numbers */
        long long number;
        int end = 0;
        char path[HM_FILE_PATH_MAX];
        char *bytes;
        size_t size;
        if (sscanf(name[k], "drawing_%5lld.svg%n", &number, &end) != 1 || name[k][end] != 0 ||
            end == 0 || number < 1)
            continue;
        if (out.n >= 1000)
            return hm_err_set(err, HM_ERR_INPUT, dir, 0, 0, NULL, "expected at most 1000 keys");
        snprintf(path, sizeof path, "%s/%s", dir, name[k]);
        HM_TRY(hm_file_read(path, bytes_max, arena, &bytes, &size, err));
        out.key[out.n].number = number - 1;
        HM_TRY(
            roto_key_parse(hm_arena_text(arena, path), bytes, size, arena, &out.key[out.n], err));
        out.n++;
    }
    *keys = out;
    return HM_OK;
}
