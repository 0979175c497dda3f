# libhecto and how it is called: .C() hands every argument over by its address, so the functions of
# hecto/by_pointer.h are meant. Nothing is compiled here.

hm_loaded <- new.env(parent = emptyenv())

# Where the library may be, best first.
hm_candidates <- function() {
  from_pkg_config <- suppressWarnings(tryCatch(
    system2("pkg-config", c("--variable=libdir", "hecto"), stdout = TRUE, stderr = FALSE),
    error = function(e) character()))
  folders <- c(from_pkg_config, "/usr/local/lib", "/usr/lib",
               Sys.glob(c("/usr/local/lib/*-linux-gnu*", "/usr/lib/*-linux-gnu*")))
  told <- c(getOption("hecto.library"), Sys.getenv("HECTO_LIBRARY"))
  c(told[nzchar(told)], file.path(folders[nzchar(folders)], "libhecto.so.0"))
}

hm_dll <- function() {
  if (is.null(hm_loaded$dll)) {
    found <- Filter(file.exists, hm_candidates())
    if (!length(found))
      stop("libhecto is not found: install it, or set options(hecto.library = \"/path/libhecto.so.0\")",
           call. = FALSE)
    hm_loaded$dll <- dyn.load(normalizePath(found[[1]]))
  }
  hm_loaded$dll
}

# .C() on a function of the library; not a number is a number here.
hm_call <- function(name, ...) {
  symbol <- hm_loaded[[name]]
  if (is.null(symbol)) {
    symbol <- getNativeSymbolInfo(name, hm_dll())
    assign(name, symbol, envir = hm_loaded)
  }
  .C(symbol, ..., NAOK = TRUE)
}

hm_stop <- function(code, message) {
  stop(structure(class = c("hm_error", "error", "condition"),
                 list(message = message, call = NULL, code = code)))
}

hm_utf8 <- function(text) {
  Encoding(text) <- "UTF-8"
  text
}

# The text that a function prints into (buffer, size, length), NULL = no such text.
hm_text <- function(name, ..., size = 1024L) {
  repeat {
    told <- hm_call(name, ..., text = strrep(" ", size), size = as.integer(size + 1L), length = 0L)
    if (told$length < 0L) return(NULL)
    if (told$length <= size) return(hm_utf8(told$text))
    size <- told$length
  }
}

# Options as the library reads them; NULL = not told.
hm_options <- function(options) {
  options <- Filter(Negate(is.null), options)
  if (!length(options)) return("")
  if (is.null(names(options)) || !all(nzchar(names(options))))
    hm_stop(1L, "expected options by name, as in model = \"mono\"")
  value <- vapply(options, function(v) {
    if (length(v) != 1L) hm_stop(1L, "expected one value for each option")
    if (is.logical(v)) if (v) "true" else "false"
    else if (is.numeric(v)) format(v, digits = 17, scientific = FALSE, trim = TRUE)
    else as.character(v)
  }, "")
  if (any(grepl("[;\r\n]", value))) hm_stop(1L, "expected no semicolon and no line end in an option")
  paste0(names(options), "=", value, collapse = "\n")
}

# The handle that a call makes; it ends with (handle, message, size, code).
hm_made <- function(name, ...) {
  made <- hm_call(name, ..., handle = raw(8), message = strrep(" ", 1023L), size = 1024L, code = 0L)
  if (made$code != 0L) hm_stop(made$code, hm_utf8(made$message))
  made$handle
}
