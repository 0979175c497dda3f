/* jansson_private_config.h - what only jansson's own files ask for. */
#ifndef HM_ENGINE_JANSSON_PRIVATE_CONFIG_H
#define HM_ENGINE_JANSSON_PRIVATE_CONFIG_H

#define INITIAL_HASHTABLE_ORDER 3
#define USE_URANDOM             0
#define USE_WINDOWS_CRYPTOAPI   0

#endif
