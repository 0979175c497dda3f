/* cli/page_assets.h - the files of the page that the program carries (web/meson.build). Empty, n =
 * 0, when they could not be built here; runners.txt: the shipped races (tools/join_sheets.py). */
#ifndef HM_CLI_PAGE_ASSETS_H
#define HM_CLI_PAGE_ASSETS_H

#include <stdint.h>

extern const char page_asset_page_html[], page_asset_page_css[], page_asset_boot_js[],
    page_asset_boot_js_sha256[], page_asset_page_js_sha256[], page_asset_runners_txt[];
extern const unsigned char page_asset_page_js_gz[], page_asset_engine_wasm_gz[];
extern const uint64_t page_asset_page_html_n, page_asset_page_css_n, page_asset_page_js_gz_n,
    page_asset_engine_wasm_gz_n, page_asset_runners_txt_n;

#endif
