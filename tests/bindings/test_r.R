# The R package against the golden tables. TAP; run by run_r.py.
library(hecto)
data_dir <- Sys.getenv("HM_TEST_DATA_DIR")
count <- 0L
failed <- FALSE

test <- function(name, code) {
  count <<- count + 1L
  why <- tryCatch({ force(code); NULL }, error = function(e) conditionMessage(e))
  cat(if (is.null(why)) "ok " else "not ok ", count, " - ", name, "\n", sep = "")
  if (!is.null(why)) {
    failed <<- TRUE
    cat("#", why, "\n")
  }
}
near <- function(got, want, absolute = 0, relative = 0) {
  good <- abs(got - want) <= absolute + relative * abs(want)
  if (length(got) != length(want) || !all(good) || anyNA(good))
    stop("got ", paste(format(got, digits = 15), collapse = " "), ", want ", paste(format(want, digits = 15), collapse = " "))
}
refused <- function(code, says, expression) {
  e <- tryCatch({ force(expression); NULL }, hm_error = identity)
  if (is.null(e)) stop("was not refused")
  if (e$code != code || !grepl(says, e$message, fixed = TRUE)) stop("refused with ", e$code, ": ", e$message)
}
table <- function(name) utils::read.csv(file.path(data_dir, name), comment.char = "#", stringsAsFactors = FALSE)

gate_m <- c(5, 10, 15, 20, 30, 40)
gate_s <- c(1.158, 1.893, 2.541, 3.149, 4.313, 5.444)
kim <- hm_fit(distance_m = gate_m, time_s = gate_s, model = "mono", correct = "tc", athlete = "Kim",
              mass_kg = 60, stature_m = 1.7)

test("every golden fit is reached", {
  golden <- table("shorts_golden_fits.csv")
  splits <- table("shorts_split_times.csv")
  vescovi <- table("shorts_vescovi_01_26.csv")
  radar <- table("shorts_jb_morin.csv")
  stopifnot(nrow(golden) == 135)
  for (i in seq_len(nrow(golden))) {
    row <- golden[i, ]
    part <- strsplit(row$correct, "=")[[1]]
    fixed <- if (length(part) > 1) as.numeric(part[[2]])
    p <- if (row$dataset == "jb_morin")
      hm_fit(time_s = radar$time_s, speed_mps = radar$velocity_mps, model = "mono", correct = part[[1]], report = FALSE)
    else if (row$dataset == "split_times") {
      own <- splits[splits$athlete == row$athlete, ]
      hm_fit(distance_m = own$distance_m, time_s = own$time_s, model = "mono", correct = part[[1]], fixed_fd_m = fixed,
             report = FALSE)
    } else {
      own <- vescovi[vescovi$athlete == row$athlete, ]
      hm_fit(distance_m = c(5, 10, 20, 30, 35), time_s = as.numeric(own[grep("^t_", names(own))]), model = "mono",
             correct = part[[1]], fixed_fd_m = fixed, report = FALSE)
    }
    near(p$mss_mps, row$mss_mps, relative = 1e-6)
    near(p$mac_mps2, row$mac_mps2, relative = 1e-6)
    near(p$rse, row$rse, absolute = 1e-9)
    stopifnot(p$n_points == row$n, p$converged)
  }
})
test("tables and residuals are those of the run", {
  near(kim$points$distance_m, gate_m)
  near(kim$points$observed_s, gate_s)
  near(max(abs(residuals(kim))), kim$max_abs, absolute = 1e-12)
  stopifnot(identical(names(coef(kim)), c("mss_mps", "mac_mps2", "tc_s")), all(kim$points$used))
  near(coef(kim)[["mss_mps"]], kim$mss_mps)
  stopifnot(nrow(kim$rows) > 3, nrow(kim$changes) > 3, nzchar(kim$changes$name))
})
test("intervals enclose their estimates", {
  stopifnot(kim$interval == "profile")
  ci <- confint(kim, c("mss_mps", "mac_mps2"))
  stopifnot(ci[, 1] < c(kim$mss_mps, kim$mac_mps2), ci[, 2] > c(kim$mss_mps, kim$mac_mps2))
  refused(1, "0.9", confint(kim, level = 0.95))
  refused(1, "no estimate", confint(kim, "rse"))
})
test("predictions go through the gates and feel the wind", {
  near(predict(kim, gate_m), fitted(kim), absolute = 2e-6)
  stopifnot(predict(kim, 100, still = TRUE, wind_mps = 2) < predict(kim, 100, still = TRUE),
            predict(kim, 30, "speed") > predict(kim, 10, "speed"), is.nan(predict(kim, -1)))
  refused(1, "wind_mps", predict(kim, 10, wind_mp = 1))
})
test("a fit is plain data that may be saved", {
  path <- tempfile()
  saveRDS(kim, path)
  stopifnot(identical(predict(readRDS(path), c(7, 77)), predict(kim, c(7, 77))))
  hm_write(kim, path)
  stopifnot(identical(hm_read(path)[[1]]$json, kim$json), identical(hm_parse(kim$json)[[1]]$mss_mps, kim$mss_mps))
})
test("a session is a list in the order of the file", {
  path <- tempfile(fileext = ".csv")
  writeLines(c("athlete,distance_m,time_s", paste("Jim", c(5, 10, 20, 30), c(0.89, 1.55, 2.9, 4.14), sep = ","),
               "One,5,1.2", paste("Kim", c(5, 10, 20, 30), c(1.16, 1.89, 3.15, 4.31), sep = ",")), path)
  s <- hm_fit_file(path, model = "mono")
  stopifnot(identical(vapply(s, function(p) p$athlete, ""), c("Jim", "One", "Kim")), nzchar(s[[2]]$error),
            is.nan(s[[2]]$mss_mps), s[[3]]$mss_mps > 8, any(grepl("One", capture.output(print(s)))))
  refused(2, "", predict(s[[2]], 10))
})
test("errors have code and message", {
  refused(1, "did you mean 'model'", hm_fit(distance_m = gate_m, time_s = gate_s, modell = "mono"))
  refused(1, "as many", hm_fit(distance_m = gate_m, time_s = 1))
  refused(1, "semicolon", hm_fit(distance_m = gate_m, time_s = gate_s, athlete = "a;model=drive"))
  refused(1, "by name", hm_fit(gate_s, gate_m, NULL, NULL, NULL, "mono"))
  refused(2, "observation 2", hm_fit(distance_m = 1:3, time_s = c(1, NA, 3), model = "mono"))
  refused(3, "/nonexistent", hm_fit_file("/nonexistent"))
})
test("laws are those of the reference", {
  near(hm_time(c(10, 100), 8, 9), c(2.0503611487317519, 13.388888633450028), relative = 1e-12)
  near(hm_distance(hm_time(20, 8, 9, 0.1), 8, 9, 0.1), 20, relative = 1e-12)
  near(hm_acceleration(0, 8, 9), 9)
  near(hm_speed(0, 8, 9), 0)
  near(hm_wind_gain(10, 2), 0.1008, absolute = 1e-6)
  near(hm_wind_gain(10, -1, law = "moinat"), -0.05389, absolute = 1e-6)
  near(hm_air_density(0, 25), 1.293 * 273 / 298, relative = 1e-12)
  near(hm_drag(10, 75, 1.75, wind_mps = 2), 17.2722009482597, relative = 1e-11)
  fv <- hm_force_velocity(9.20667822, 6.91659243, 75, 1.72)
  near(unlist(fv, use.names = FALSE), c(6.91659243, 9.646874111909, 16.6808741139, 0.491277080617, -0.0651787574724),
       relative = 1e-9)
  near(hm_force_velocity_inverse(fv$f0_n_per_kg, fv$v0_mps, 75, 1.72)$mss_mps, 9.20667822, relative = 1e-9)
  near(hm_step_spring(70, 1.75, 10, 0.1, 0.125)$leg_n_per_m, 14345.82784, relative = 1e-9)
})
test("a fit prints and draws", {
  text <- capture.output(print(kim))
  stopifnot(any(grepl("^mss_mps +8.97", text)), any(grepl("Kim", text)))
  path <- tempfile(fileext = ".pdf")
  grDevices::pdf(path)
  plot(kim)
  invisible(grDevices::dev.off())
  stopifnot(file.size(path) > 2000, nchar(hm_help()) > 1000, grepl("^[0-9.]+$", hm_version()))
})

cat("1..", count, "\n", sep = "")
quit(status = as.integer(failed))
