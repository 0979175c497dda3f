# Fitted runs as plain lists: a handle of the library lives no longer than one call, so an object
# may be saved and loaded like any other.

hm_has <- function(handle, run, table, column, n) {
  got <- hm_call("hm_ptr_profile_column", handle, run, table, column, value = double(n), code = 0L)
  if (got$code == 0L) got$value else NULL
}

hm_columns <- function(handle, run, table) {
  names <- character()
  while (!is.null(name <- hm_text("hm_ptr_profile_column_name", handle, run, table,
                                  length(names), size = 64L)))
    names <- c(names, name)
  as.vector(rbind(names, paste0(names, "_lo90"), paste0(names, "_hi90")))
}

# A table of a run; its intervals stand beside their estimates.
hm_table <- function(handle, run, table) {
  n <- hm_call("hm_ptr_profile_rows", handle, run, table, rows = 0L)$rows
  columns <- list()
  if (table %in% c("changes", "parameters"))
    columns$name <- vapply(seq_len(n) - 1L, function(i)
      hm_text("hm_ptr_profile_row_name", handle, run, table, i, size = 128L), "")
  if (n > 0L) for (name in hm_columns(handle, run, table))
    columns[[name]] <- hm_has(handle, run, table, name, n)
  for (name in intersect(names(columns), c("converged", "outlier", "used")))
    columns[[name]] <- columns[[name]] == 1
  as.data.frame(columns, stringsAsFactors = FALSE)
}

hm_notes <- function(handle, run) {
  notes <- character()
  while (!is.null(note <- hm_text("hm_ptr_profile_note", handle, run, length(notes))))
    notes <- c(notes, note)
  notes
}

hm_profile <- function(handle, run) {
  text <- function(name) hm_text("hm_ptr_profile_text", handle, run, name, size = 128L)
  texts <- c("athlete", "run", "date", "model", "correct", "observe", "interval", "altitude_law",
             "residual_unit", "error")
  p <- stats::setNames(lapply(texts, text), texts)
  p <- c(p, as.list(hm_table(handle, run, "run")))
  for (table in c("points", "rows", "steps", "changes", "parameters"))
    p[[table]] <- hm_table(handle, run, table)
  p$notes <- hm_notes(handle, run)
  p$json <- hm_text("hm_ptr_profile_json", handle, run, size = 32768L)
  structure(p, class = "hm_profile")
}

hm_session <- function(handle) {
  n <- hm_call("hm_ptr_profile_count", handle, count = 0L)$count
  structure(lapply(seq_len(n) - 1L, function(run) hm_profile(handle, run)),
            notes = hm_notes(handle, -1L), json = hm_text("hm_ptr_profile_json", handle, -1L, size = 65536L),
            class = "hm_session")
}

hm_free <- function(handle) invisible(hm_call("hm_ptr_profile_free", handle))

hm_fit <- function(time_s, distance_m = NULL, speed_mps = NULL, sigma = NULL, observe = NULL, ...) {
  if (is.null(distance_m) == is.null(speed_mps))
    hm_stop(1L, "expected time_s with either distance_m or speed_mps")
  if (!is.null(speed_mps)) {
    kind <- 2L; at <- time_s; observed <- speed_mps
  } else if (identical(observe, "distance")) {
    kind <- 1L; at <- time_s; observed <- distance_m
  } else {
    kind <- 0L; at <- distance_m; observed <- time_s
  }
  if (length(at) != length(observed) || !(length(sigma) %in% c(0L, length(at))))
    hm_stop(1L, "expected as many of each")
  options <- hm_options(list(observe = observe, ...))
  handle <- hm_made("hm_ptr_fit", kind, as.double(at), as.double(observed),
                    if (length(sigma)) as.double(sigma) else double(1), as.integer(length(sigma) > 0L),
                    length(at), options)
  on.exit(hm_free(handle))
  hm_profile(handle, 0L)
}

hm_fit_file <- function(path, threads = 0L, ...) {
  handle <- hm_made("hm_ptr_fit_file", path.expand(path), hm_options(list(threads = threads, ...)))
  on.exit(hm_free(handle))
  hm_session(handle)
}

hm_fit_in_situ <- function(path, ...) {
  handle <- hm_made("hm_ptr_fit_in_situ", path.expand(path), hm_options(list(...)))
  on.exit(hm_free(handle))
  hm_session(handle)
}

hm_read <- function(path) {
  handle <- hm_made("hm_ptr_profile_read", path.expand(path))
  on.exit(hm_free(handle))
  hm_session(handle)
}

hm_parse <- function(json) {
  handle <- hm_made("hm_ptr_profile_parse", enc2utf8(json))
  on.exit(hm_free(handle))
  hm_session(handle)
}

hm_write <- function(object, path) {
  json <- if (inherits(object, "hm_session")) attr(object, "json") else object$json
  writeBin(charToRaw(json), path)
}

# ---- what R users ask of a fit ----

predict.hm_profile <- function(object, distance_m, what = c("time", "speed"), still = FALSE, ...) {
  what <- match.arg(what)
  if (nzchar(object$error)) hm_stop(2L, object$error)
  handle <- hm_made("hm_ptr_profile_parse", object$json)
  on.exit(hm_free(handle))
  conditions <- paste0(if (still) "still\n", hm_options(list(...)))
  n <- length(distance_m)
  got <- hm_call("hm_ptr_profile_predict", handle, 0L, conditions, as.double(distance_m), n,
                 time = double(n), speed = double(n), message = strrep(" ", 1023L), 1024L, code = 0L)
  if (got$code != 0L) hm_stop(got$code, hm_utf8(got$message))
  got[[what]]
}

coef.hm_profile <- function(object, ...) {
  stats::setNames(object$parameters$value, object$parameters$name)
}

fitted.hm_profile <- function(object, ...) {
  object$points[[grep("^fitted_", names(object$points))]]
}

residuals.hm_profile <- function(object, ...) {
  object$points[[grep("^observed_", names(object$points))]] - fitted.hm_profile(object)
}

hm_estimates <- function(p) {
  names <- sub("_lo90$", "", grep("_lo90$", names(p), value = TRUE))
  names[!is.nan(vapply(p[names], as.double, 0))]
}

# The library makes 90 % intervals and no others.
confint.hm_profile <- function(object, parm = hm_estimates(object), level = 0.9, ...) {
  if (level != 0.9) hm_stop(1L, "expected level 0.9: the library makes 90 % intervals")
  wrong <- setdiff(parm, hm_estimates(object))
  if (length(wrong)) hm_stop(1L, paste("no estimate of this profile:", paste(wrong, collapse = ", ")))
  out <- cbind(vapply(object[paste0(parm, "_lo90")], as.double, 0),
               vapply(object[paste0(parm, "_hi90")], as.double, 0))
  dimnames(out) <- list(parm, c("5 %", "95 %"))
  out
}

hm_title <- function(p) {
  who <- paste(Filter(nzchar, c(p$athlete, p$run, p$date)), collapse = " ")
  paste0(if (nzchar(who)) who else "run", " (", p$model, if (p$correct != "none") paste0(", ", p$correct), ")")
}

print.hm_profile <- function(x, digits = 4, ...) {
  cat(hm_title(x), "\n", sep = "")
  if (nzchar(x$error)) {
    cat("not fitted: ", x$error, "\n", sep = "")
    return(invisible(x))
  }
  names <- hm_estimates(x)
  out <- data.frame(value = vapply(x[names], as.double, 0), confint.hm_profile(x, names), check.names = FALSE)
  print(format(out, digits = digits), ...)
  cat(sprintf("%d points, rmse %.*g %s, 90 %% intervals: %s%s\n", as.integer(x$n_points), digits, x$rmse,
              x$residual_unit, x$interval, if (x$converged) "" else "; DID NOT CONVERGE"))
  for (note in x$notes) cat("note: ", note, "\n", sep = "")
  invisible(x)
}

print.hm_session <- function(x, ...) {
  cat(length(x), "runs\n")
  for (p in x)
    cat("  ", hm_title(p), ": ", if (nzchar(p$error)) p$error else
      sprintf("mss %.3f m/s, mac %.3f m/s2", p$mss_mps, p$mac_mps2), "\n", sep = "")
  for (note in attr(x, "notes")) cat("note: ", note, "\n", sep = "")
  invisible(x)
}

# Observed over fitted, residuals below.
plot.hm_profile <- function(x, ...) {
  columns <- names(x$points)
  at <- x$points[[columns[[1]]]]
  observed <- x$points[[grep("^observed_", columns)]]
  fit <- fitted.hm_profile(x)
  label <- c(distance_m = "distance (m)", time_s = "time (s)")[[columns[[1]]]]
  unit <- x$residual_unit
  old <- graphics::par(mfrow = c(2, 1), mar = c(4, 4.2, 2, 1))
  on.exit(graphics::par(old))
  graphics::plot(at, observed, pch = 19, col = "#0072B2", xlab = label, ylab = paste0(x$observe, " (", unit, ")"),
                 main = hm_title(x), ...)
  graphics::lines(at, fit, col = "#D55E00", lwd = 2)
  graphics::plot(at, observed - fit, type = "n", xlab = label, ylab = paste0("observed - fitted (", unit, ")"))
  graphics::segments(at, 0, at, observed - fit, col = "#999999")
  graphics::points(at, observed - fit, pch = 19, col = "#0072B2")
  graphics::lines(range(at), c(0, 0), col = "#D55E00")
  invisible(x)
}
