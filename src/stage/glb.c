/* glb.c - runners, track and camera as glTF 2.0 in one binary file: what stands where in it. First
 * the tables of the JSON chunk, then the numbers, in the same order. */
#include "glb_priv.h"

#include <stdio.h>
#include <string.h>

#include "io/json.h"

enum {
    GLB_MAGIC = 0x46546C67,
    GLB_JSON = 0x4E4F534A,
    GLB_BIN = 0x004E4942,
    GL_U8 = 5121,
    GL_U16 = 5123,
    GL_U32 = 5125,
    GL_F32 = 5126,
    GL_VERTEX = 34962,
    GL_INDEX = 34963
};

/* ---- accessors, one buffer view each ---- */

static int add(glb *g, glb_kind kind, int64_t n)
{
    static const int8_t bytes[] = {
        [GLB_SCALAR] = 4, [GLB_VEC3] = 12,  [GLB_VEC4] = 16,   [GLB_MAT4] = 64,
        [GLB_COLOUR] = 8, [GLB_JOINTS] = 4, [GLB_WEIGHTS] = 4, [GLB_INDEX] = 4};
    HM_ASSERT(g->n_view < GLB_VIEW_MAX);
    g->view[g->n_view] = (glb_view){.kind = kind, .n = n, .at = g->n_bin};
    g->n_bin += n * bytes[kind];
    return g->n_view++;
}

static void bounds(glb_view *v, int32_t n, const hm_vec3 p[])
{
    v->has_bounds = true;
    v->n_bound = 3;
    for (int c = 0; c < 3; c++)
        v->lo[c] = 1e30, v->hi[c] = -1e30;
    for (int32_t i = 0; i < n; i++) {
        const float q[3] = {p[i].x, p[i].y, p[i].z};
        for (int c = 0; c < 3; c++) {
            v->lo[c] = (double)q[c] < v->lo[c] ? (double)q[c] : v->lo[c];
            v->hi[c] = (double)q[c] > v->hi[c] ? (double)q[c] : v->hi[c];
        }
    }
}

static void lay_runner(glb *g, glb_runner *r)
{
    const hm_mesh *m = r->mesh;
    r->position = add(g, GLB_VEC3, m->n_vert);
    bounds(&g->view[r->position], m->n_vert, m->rest_m);
    add(g, GLB_VEC3, m->n_vert);    /* + 1 normal */
    add(g, GLB_COLOUR, m->n_vert);  /* + 2 */
    add(g, GLB_JOINTS, m->n_vert);  /* + 3 */
    add(g, GLB_WEIGHTS, m->n_vert); /* + 4 */
    r->index = add(g, GLB_INDEX, 3 * (int64_t)m->n_tri);
    r->bind = add(g, GLB_MAT4, HM_BONE_COUNT);
    r->travel = add(g, GLB_VEC3, g->n_time);
    for (int b = 0; b < HM_BONE_COUNT; b++)
        add(g, GLB_VEC4, g->n_time); /* travel + 1 + bone */
}

static void lay_all(glb *g)
{
    g->time = add(g, GLB_SCALAR, g->n_time);
    glb_view *t = &g->view[g->time];
    t->has_bounds = true;
    t->n_bound = 1;
    t->lo[0] = (double)(float)g->time_s[0];
    t->hi[0] = (double)(float)g->time_s[g->n_time - 1];
    for (int32_t i = 0; i < g->n_runner; i++)
        lay_runner(g, &g->runner[i]);
    for (int i = 0; i < 2; i++) {
        g->ground[i].position = add(g, GLB_VEC3, g->ground[i].n_vert);
        bounds(&g->view[g->ground[i].position], g->ground[i].n_vert, g->ground[i].pos_m);
        add(g, GLB_VEC3, g->ground[i].n_vert); /* + 1 normal */
        g->ground[i].index = add(g, GLB_INDEX, g->ground[i].n_vert / 4 * 6);
    }
    g->eye = add(g, GLB_VEC3, g->n_time);
    g->look = add(g, GLB_VEC4, g->n_time);
}

static void put_views(glb *g, hm_json_out *o)
{
    static const char *const type[] = {
        [GLB_SCALAR] = "SCALAR", [GLB_VEC3] = "VEC3",   [GLB_VEC4] = "VEC4",
        [GLB_MAT4] = "MAT4",     [GLB_COLOUR] = "VEC4", [GLB_JOINTS] = "VEC4",
        [GLB_WEIGHTS] = "VEC4",  [GLB_INDEX] = "SCALAR"};
    static const int16_t component[] = {
        [GLB_SCALAR] = GL_F32, [GLB_VEC3] = GL_F32,  [GLB_VEC4] = GL_F32,   [GLB_MAT4] = GL_F32,
        [GLB_COLOUR] = GL_U16, [GLB_JOINTS] = GL_U8, [GLB_WEIGHTS] = GL_U8, [GLB_INDEX] = GL_U32};
    hm_json_put_array(o, "accessors", HM_JSON_BLOCK);
    for (int i = 0; i < g->n_view; i++) {
        const glb_view *v = &g->view[i];
        hm_json_put_object(o, NULL, HM_JSON_LINE);
        hm_json_put_integer(o, "bufferView", i);
        hm_json_put_integer(o, "componentType", component[v->kind]);
        hm_json_put_integer(o, "count", v->n);
        hm_json_put_text(o, "type", type[v->kind]);
        if (v->kind == GLB_COLOUR || v->kind == GLB_WEIGHTS)
            hm_json_put_bool(o, "normalized", true);
        if (v->has_bounds) {
            hm_json_put_numbers(o, "min", v->n_bound, v->lo);
            hm_json_put_numbers(o, "max", v->n_bound, v->hi);
        }
        hm_json_put_end(o);
    }
    hm_json_put_end(o);
    hm_json_put_array(o, "bufferViews", HM_JSON_BLOCK);
    for (int i = 0; i < g->n_view; i++) {
        int64_t end = i + 1 < g->n_view ? g->view[i + 1].at : g->n_bin;
        hm_json_put_object(o, NULL, HM_JSON_LINE);
        hm_json_put_integer(o, "buffer", 0);
        hm_json_put_integer(o, "byteOffset", g->view[i].at);
        hm_json_put_integer(o, "byteLength", end - g->view[i].at);
        if (g->view[i].target)
            hm_json_put_integer(o, "target", g->view[i].target);
        hm_json_put_end(o);
    }
    hm_json_put_end(o);
    hm_json_put_array(o, "buffers", HM_JSON_LINE);
    hm_json_put_object(o, NULL, HM_JSON_LINE);
    hm_json_put_integer(o, "byteLength", g->n_bin);
    hm_json_put_end(o);
    hm_json_put_end(o);
}

/* What is for the graphics card says so. */
static void mark_targets(glb *g)
{
    for (int32_t i = 0; i < g->n_runner; i++) {
        for (int k = 0; k < 5; k++)
            g->view[g->runner[i].position + k].target = GL_VERTEX;
        g->view[g->runner[i].index].target = GL_INDEX;
    }
    for (int i = 0; i < 2; i++) {
        g->view[g->ground[i].position].target = g->view[g->ground[i].position + 1].target =
            GL_VERTEX;
        g->view[g->ground[i].index].target = GL_INDEX;
    }
}

/* ---- nodes: of runner i the bones, then his skin; after all runners the track, the camera ---- */

enum { NODES_EACH = HM_BONE_COUNT + 1 };

static int bone_node(int32_t i_runner, int bone)
{
    return i_runner * NODES_EACH + bone;
}

static void put_vec3(hm_json_out *o, const char *key, hm_vec3 v)
{
    const double p[3] = {(double)v.x, (double)v.y, (double)v.z};
    hm_json_put_numbers(o, key, 3, p);
}

static void put_bone(hm_json_out *o, const glb_runner *r, int32_t i_runner, int bone)
{
    char name[64];
    int parent = hm_bone_parent(bone);
    hm_vec3 at = r->shape->joint_m[bone];
    snprintf(name, sizeof name, "lane%d_%s", r->lane, hm_bone_name(bone));
    hm_json_put_object(o, NULL, HM_JSON_LINE);
    hm_json_put_text(o, "name", name);
    put_vec3(o, "translation", parent < 0 ? at : hm_v3_sub(at, r->shape->joint_m[parent]));
    bool any = false;
    for (int child = 0; child < HM_BONE_COUNT; child++)
        if (hm_bone_parent(child) == bone) {
            if (!any)
                hm_json_put_array(o, "children", HM_JSON_LINE);
            any = true;
            hm_json_put_integer(o, NULL, bone_node(i_runner, child));
        }
    if (any)
        hm_json_put_end(o);
    hm_json_put_end(o);
}

static void put_node(hm_json_out *o, const char *name, const char *what, int which, int skin)
{
    hm_json_put_object(o, NULL, HM_JSON_LINE);
    hm_json_put_text(o, "name", name);
    hm_json_put_integer(o, what, which);
    if (skin >= 0)
        hm_json_put_integer(o, "skin", skin);
    hm_json_put_end(o);
}

static void put_nodes(glb *g, hm_json_out *o)
{
    hm_json_put_array(o, "nodes", HM_JSON_BLOCK);
    for (int32_t i = 0; i < g->n_runner; i++) {
        for (int b = 0; b < HM_BONE_COUNT; b++)
            put_bone(o, &g->runner[i], i, b);
        put_node(o, g->runner[i].name, "mesh", i, i);
    }
    put_node(o, "track", "mesh", g->n_runner, -1);
    put_node(o, "camera", "camera", 0, -1);
    hm_json_put_end(o);
    hm_json_put_integer(o, "scene", 0);
    hm_json_put_array(o, "scenes", HM_JSON_LINE);
    hm_json_put_object(o, NULL, HM_JSON_LINE);
    hm_json_put_array(o, "nodes", HM_JSON_LINE);
    for (int32_t i = 0; i < g->n_runner; i++) {
        hm_json_put_integer(o, NULL, bone_node(i, HM_BONE_PELVIS));
        hm_json_put_integer(o, NULL, bone_node(i, HM_BONE_COUNT));
    }
    hm_json_put_integer(o, NULL, g->n_runner * NODES_EACH);
    hm_json_put_integer(o, NULL, g->n_runner * NODES_EACH + 1);
    hm_json_put_end(o);
    hm_json_put_end(o);
    hm_json_put_end(o);
}

/* ---- skins, meshes, animations, the rest ---- */

static void put_skins(glb *g, hm_json_out *o)
{
    if (g->n_runner == 0)
        return;
    hm_json_put_array(o, "skins", HM_JSON_BLOCK);
    for (int32_t i = 0; i < g->n_runner; i++) {
        hm_json_put_object(o, NULL, HM_JSON_LINE);
        hm_json_put_text(o, "name", g->runner[i].name);
        hm_json_put_integer(o, "inverseBindMatrices", g->runner[i].bind);
        hm_json_put_integer(o, "skeleton", bone_node(i, HM_BONE_PELVIS));
        hm_json_put_array(o, "joints", HM_JSON_LINE);
        for (int b = 0; b < HM_BONE_COUNT; b++)
            hm_json_put_integer(o, NULL, bone_node(i, b));
        hm_json_put_end(o);
        hm_json_put_end(o);
    }
    hm_json_put_end(o);
}

static void put_part(hm_json_out *o, int position, int n_attribute, int index, int material)
{
    static const char *const attribute[] = {"POSITION", "NORMAL", "COLOR_0", "JOINTS_0",
                                            "WEIGHTS_0"};
    hm_json_put_object(o, NULL, HM_JSON_LINE);
    hm_json_put_object(o, "attributes", HM_JSON_LINE);
    for (int k = 0; k < n_attribute; k++)
        hm_json_put_integer(o, attribute[k], position + k);
    hm_json_put_end(o);
    hm_json_put_integer(o, "indices", index);
    hm_json_put_integer(o, "material", material);
    hm_json_put_end(o);
}

static void put_meshes(glb *g, hm_json_out *o)
{
    hm_json_put_array(o, "meshes", HM_JSON_BLOCK);
    for (int32_t i = 0; i < g->n_runner; i++) {
        hm_json_put_object(o, NULL, HM_JSON_LINE);
        hm_json_put_text(o, "name", g->runner[i].name);
        hm_json_put_array(o, "primitives", HM_JSON_LINE);
        put_part(o, g->runner[i].position, 5, g->runner[i].index, 0);
        hm_json_put_end(o);
        hm_json_put_end(o);
    }
    hm_json_put_object(o, NULL, HM_JSON_LINE);
    hm_json_put_text(o, "name", "track");
    hm_json_put_array(o, "primitives", HM_JSON_LINE);
    for (int i = 0; i < 2; i++)
        put_part(o, g->ground[i].position, 2, g->ground[i].index, 1 + i);
    hm_json_put_end(o);
    hm_json_put_end(o);
    hm_json_put_end(o);
}

static void put_material(hm_json_out *o, const char *name, double red, double green, double blue)
{
    const double colour[4] = {red, green, blue, 1};
    hm_json_put_object(o, NULL, HM_JSON_LINE);
    hm_json_put_text(o, "name", name);
    hm_json_put_object(o, "pbrMetallicRoughness", HM_JSON_LINE);
    hm_json_put_numbers(o, "baseColorFactor", 4, colour);
    hm_json_put_number(o, "metallicFactor", 0);
    hm_json_put_number(o, "roughnessFactor", 0.9);
    hm_json_put_end(o);
    hm_json_put_end(o);
}

static void put_looks(glb *g, hm_json_out *o)
{
    hm_json_put_array(o, "materials", HM_JSON_BLOCK);
    put_material(o, "runner", 1, 1, 1); /* colours stand at the corners */
    put_material(o, "track", 0.57, 0.11, 0.06);
    put_material(o, "lines", 0.93, 0.93, 0.93);
    hm_json_put_end(o);
    hm_json_put_array(o, "cameras", HM_JSON_BLOCK);
    hm_json_put_object(o, NULL, HM_JSON_LINE);
    hm_json_put_text(o, "type", "perspective");
    hm_json_put_object(o, "perspective", HM_JSON_LINE);
    hm_json_put_number(o, "aspectRatio", (double)g->m->w_px / g->m->h_px);
    hm_json_put_number(o, "yfov", g->vfov_rad[0]);
    hm_json_put_number(o, "znear", 0.25);
    hm_json_put_end(o);
    hm_json_put_object(o, "extras", HM_JSON_LINE);
    hm_json_put_numbers(o, "vfov_rad", g->n_time, g->vfov_rad);
    hm_json_put_end(o);
    hm_json_put_end(o);
    hm_json_put_end(o);
}

static void put_sampler(glb *g, hm_json_out *o, int output)
{
    hm_json_put_object(o, NULL, HM_JSON_LINE);
    hm_json_put_integer(o, "input", g->time);
    hm_json_put_integer(o, "output", output);
    hm_json_put_text(o, "interpolation", "LINEAR");
    hm_json_put_end(o);
}

static void put_channel(hm_json_out *o, int sampler, int node, bool travels)
{
    hm_json_put_object(o, NULL, HM_JSON_LINE);
    hm_json_put_integer(o, "sampler", sampler);
    hm_json_put_object(o, "target", HM_JSON_LINE);
    hm_json_put_integer(o, "node", node);
    hm_json_put_text(o, "path", travels ? "translation" : "rotation");
    hm_json_put_end(o);
    hm_json_put_end(o);
}

/* One thing that travels, and n nodes from `node` on that turn; their numbers stand behind one
 * another. */
static void put_animation(glb *g, hm_json_out *o, const char *name, int travel, int node, int n)
{
    hm_json_put_object(o, NULL, HM_JSON_BLOCK);
    hm_json_put_text(o, "name", name);
    hm_json_put_array(o, "samplers", HM_JSON_BLOCK);
    for (int k = 0; k <= n; k++)
        put_sampler(g, o, travel + k);
    hm_json_put_end(o);
    hm_json_put_array(o, "channels", HM_JSON_BLOCK);
    put_channel(o, 0, node, true);
    for (int k = 0; k < n; k++)
        put_channel(o, k + 1, node + k, false);
    hm_json_put_end(o);
    hm_json_put_end(o);
}

static void put_animations(glb *g, hm_json_out *o)
{
    hm_json_put_array(o, "animations", HM_JSON_BLOCK);
    for (int32_t i = 0; i < g->n_runner; i++)
        put_animation(g, o, g->runner[i].name, g->runner[i].travel, bone_node(i, HM_BONE_PELVIS),
                      HM_BONE_COUNT);
    put_animation(g, o, "camera", g->eye, g->n_runner * NODES_EACH + 1, 1);
    hm_json_put_end(o);
}

static hm_status make_json(glb *g, hm_memory *text, hm_err *err)
{
    hm_json_out o = hm_json_out_make(hm_sink_memory(text), err);
    hm_json_put_object(&o, NULL, HM_JSON_BLOCK);
    hm_json_put_object(&o, "asset", HM_JSON_LINE);
    hm_json_put_text(&o, "version", "2.0");
    hm_json_put_text(&o, "generator", "Hectometre");
    hm_json_put_end(&o);
    put_nodes(g, &o);
    put_skins(g, &o);
    put_meshes(g, &o);
    put_looks(g, &o);
    put_animations(g, &o);
    mark_targets(g);
    put_views(g, &o);
    hm_json_put_end(&o);
    return hm_json_finish(&o);
}

/* ---- the file ---- */

static hm_status put_u32(hm_file *f, int64_t v, hm_err *err)
{
    const uint8_t b[4] = {(uint8_t)v, (uint8_t)(v >> 8), (uint8_t)(v >> 16), (uint8_t)(v >> 24)};
    return hm_file_put(f, b, 4, err);
}

static hm_status write_file(glb *g, hm_file *f, const hm_memory *text, hm_err *err)
{
    int64_t pad = (4 - (int64_t)(text->n % 4)) % 4, n_json = (int64_t)text->n + pad;
    int64_t total = 12 + 8 + n_json + 8 + g->n_bin;
    if (total > UINT32_MAX)
        return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, "--glb",
                          "the film is too long for a GLB file of 4 GB: choose --from and --to");
    HM_TRY(put_u32(f, GLB_MAGIC, err));
    HM_TRY(put_u32(f, 2, err));
    HM_TRY(put_u32(f, total, err));
    HM_TRY(put_u32(f, n_json, err));
    HM_TRY(put_u32(f, GLB_JSON, err));
    HM_TRY(hm_file_put(f, text->bytes, text->n, err));
    HM_TRY(hm_file_put(f, "   ", (size_t)pad, err));
    HM_TRY(put_u32(f, g->n_bin, err));
    HM_TRY(put_u32(f, GLB_BIN, err));
    return glb_put_numbers(g, f, err);
}

static hm_status write_glb(glb *g, const char *path, hm_err *err)
{
    hm_memory text = {.arena = g->arena};
    hm_file f;
    HM_TRY(glb_collect(g, err));
    lay_all(g);
    HM_TRY(make_json(g, &text, err));
    HM_TRY(hm_file_create(path, &f, err));
    hm_status status = write_file(g, &f, &text, err);
    if (status == HM_OK)
        return hm_file_commit(&f, err);
    hm_file_abort(&f);
    return status;
}

hm_status hm_glb_write(const hm_mocap *m, const char *path, hm_err *err)
{
    hm_arena arena;
    hm_arena_init(&arena, 1 << 20);
    glb *g = HM_PUSH(&arena, glb, 1);
    hm_status status;
    if (g) {
        *g = (glb){.m = m, .arena = &arena};
        status = write_glb(g, path, err);
    } else {
        status = hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory for the GLB file");
    }
    hm_arena_free(&arena);
    return status;
}
