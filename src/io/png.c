#include "io/png.h"

#include <png.h>
#include <setjmp.h>
#include <string.h>

#include "io/file.h"

/* libpng leaves by longjmp; what must outlive the jump stands in one struct behind a pointer. */

typedef struct writing {
    hm_file file;
    const char *path;
    hm_err *err;
    hm_status status;
} writing;

static const int32_t kind_bytes[] = {1, 3, 4, 4, 2, 6};

static void on_write(png_structp p, png_bytep bytes, png_size_t n)
{
    writing *w = png_get_io_ptr(p);
    w->status = hm_file_put(&w->file, bytes, n, w->err);
    if (w->status != HM_OK)
        png_error(p, "disk");
}

static void on_flush(png_structp p)
{
    (void)p; /* hm_file_commit does */
}

static void on_error(png_structp p, png_const_charp text)
{
    (void)text;
    png_longjmp(p, 1);
}

static void on_warning(png_structp p, png_const_charp text)
{
    (void)p;
    (void)text;
}

static void put_header(png_structp p, png_infop info, const hm_png *png)
{
    static const int colour[] = {PNG_COLOR_TYPE_GRAY, PNG_COLOR_TYPE_RGB,  PNG_COLOR_TYPE_RGBA,
                                 PNG_COLOR_TYPE_RGB,  PNG_COLOR_TYPE_GRAY, PNG_COLOR_TYPE_RGB};
    bool deep = png->kind == HM_PNG_GRAY16 || png->kind == HM_PNG_RGB16;
    png_set_IHDR(p, info, (png_uint_32)png->w_px, (png_uint_32)png->h_px, deep ? 16 : 8,
                 colour[png->kind], PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
                 PNG_FILTER_TYPE_DEFAULT);
    png_set_compression_level(p, 6);
    png_write_info(p, info);
    if (png->kind == HM_PNG_RGBX)
        png_set_filler(p, 0, PNG_FILLER_AFTER);
    const uint16_t one = 1;
    if (deep && *(const uint8_t *)&one == 1)
        png_set_swap(p); /* PNG has the high byte first */
}

/* false: libpng or the disk gave up */
static bool put_all(png_structp p, png_infop info, const hm_png *png)
{
    if (setjmp(png_jmpbuf(p)))
        return false;
    put_header(p, info, png);
    for (int32_t y = 0; y < png->h_px; y++)
        png_write_row(p, png->pixel + (int64_t)y * png->stride);
    png_write_end(p, info);
    return true;
}

static hm_status write_open(writing *w, const hm_png *png)
{
    png_structp p = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, on_error, on_warning);
    png_infop info = p ? png_create_info_struct(p) : NULL;
    bool good = false;
    if (info) {
        png_set_write_fn(p, w, on_write, on_flush);
        good = put_all(p, info, png);
    }
    png_destroy_write_struct(&p, &info);
    if (good || w->status != HM_OK)
        return w->status;
    return hm_err_set(w->err, HM_ERR_SYSTEM, w->path, 0, 0, NULL, "no memory for the picture");
}

hm_status hm_png_write(const char *path, const hm_png *png, hm_err *err)
{
    HM_ASSERT(png->w_px > 0 && png->w_px <= HM_PNG_SIDE_MAX);
    HM_ASSERT(png->h_px > 0 && png->h_px <= HM_PNG_SIDE_MAX);
    HM_ASSERT(png->stride >= png->w_px * kind_bytes[png->kind]);
    writing w = {.path = path, .err = err};
    HM_TRY(hm_file_create(path, &w.file, err));
    hm_status status = write_open(&w, png);
    if (status == HM_OK)
        return hm_file_commit(&w.file, err);
    hm_file_abort(&w.file);
    return status;
}

/* ---- reading ---- */

typedef struct reading {
    const char *source;
    const unsigned char *bytes;
    size_t n, at;
    int64_t max_pixel;
    hm_arena *arena;
    hm_err *err;
    hm_status status;
    char text[128]; /* what libpng said */
    hm_png png;
    uint8_t *pixel;
    png_bytep *row;
} reading;

static void on_read(png_structp p, png_bytep to, png_size_t n)
{
    reading *r = png_get_io_ptr(p);
    if (n > r->n - r->at)
        png_error(p, "the end of the file");
    memcpy(to, r->bytes + r->at, n);
    r->at += n;
}

static void on_read_error(png_structp p, png_const_charp text)
{
    reading *r = png_get_error_ptr(p);
    snprintf(r->text, sizeof r->text, "%s", text);
    png_longjmp(p, 1);
}

/* Bring what the file holds to 8 bits and one of our kinds. */
static void normalise(png_structp p, png_infop info)
{
    png_set_expand(p);
    png_set_scale_16(p);
    if (png_get_color_type(p, info) == PNG_COLOR_TYPE_GRAY_ALPHA ||
        (png_get_color_type(p, info) == PNG_COLOR_TYPE_GRAY &&
         png_get_valid(p, info, PNG_INFO_tRNS)))
        png_set_gray_to_rgb(p);
    (void)png_set_interlace_handling(p);
    png_read_update_info(p, info);
}

static bool take_memory(reading *r, png_structp p, png_infop info)
{
    int32_t w = (int32_t)png_get_image_width(p, info), h = (int32_t)png_get_image_height(p, info);
    int channels = png_get_channels(p, info);
    r->png = (hm_png){.kind = channels == 1   ? HM_PNG_GRAY
                              : channels == 3 ? HM_PNG_RGB
                                              : HM_PNG_RGBA,
                      .w_px = w,
                      .h_px = h,
                      .stride = w * channels};
    r->pixel = HM_PUSH(r->arena, uint8_t, (int64_t)r->png.stride * h);
    r->row = HM_PUSH(r->arena, png_bytep, h);
    r->png.pixel = r->pixel;
    if (!r->pixel || !r->row) {
        r->status = hm_err_set(r->err, HM_ERR_SYSTEM, r->source, 0, 0, NULL, "no memory");
        return false;
    }
    for (int32_t y = 0; y < h; y++)
        r->row[y] = r->pixel + (int64_t)y * r->png.stride;
    return true;
}

static bool get_all(reading *r, png_structp p, png_infop info)
{
    if (setjmp(png_jmpbuf(p)))
        return false;
    png_set_user_limits(p, HM_PNG_SIDE_MAX, HM_PNG_SIDE_MAX);
    png_set_chunk_malloc_max(p, 8 * 1000 * 1000);
    png_read_info(p, info);
    int64_t w = (int64_t)png_get_image_width(p, info), h = (int64_t)png_get_image_height(p, info);
    if (w * h > r->max_pixel)
        png_error(p, "a larger picture than is taken here");
    normalise(p, info);
    if (!take_memory(r, p, info))
        return false;
    png_read_image(p, r->row);
    png_read_end(p, NULL);
    return true;
}

hm_status hm_png_parse(const char *source, const void *bytes, size_t n, int64_t max_pixel,
                       hm_arena *arena, hm_png *png, hm_err *err)
{
    reading r = {.source = source,
                 .bytes = bytes,
                 .n = n,
                 .max_pixel = max_pixel,
                 .arena = arena,
                 .err = err};
    png_structp p = png_create_read_struct(PNG_LIBPNG_VER_STRING, &r, on_read_error, on_warning);
    png_infop info = p ? png_create_info_struct(p) : NULL;
    if (!info) {
        png_destroy_read_struct(&p, NULL, NULL);
        return hm_err_set(err, HM_ERR_SYSTEM, source, 0, 0, NULL, "no memory");
    }
    png_set_read_fn(p, &r, on_read);
    bool good = get_all(&r, p, info);
    png_destroy_read_struct(&p, &info, NULL);
    if (good)
        *png = r.png;
    else if (r.status == HM_OK)
        r.status = hm_err_set(err, HM_ERR_INPUT, source, 0, 0, NULL,
                              "expected a PNG picture, found: %s", r.text);
    return r.status;
}
