# The comparison of tools/bench_fit.py: the models of R's shorts through minpack.lm::nlsLM, as that package fits
# them (start 7 and 7, lower bounds 0), R already loaded. stdin: blocks "name kind correct n", then n lines "at
# observed". Prints "name correct us mss mac" for each: median over rounds of the processor time of one fit.
# kind: gates, radar. correct: none, tc, fd.
suppressMessages(library(minpack.lm))

# Lambert W on [-1/e, 0): in C++ where lamW is, else by Halley's method over the vector.
w0 <- if (requireNamespace("lamW", quietly = TRUE)) lamW::lambertW0 else function(z) {
  q <- sqrt(pmax(2 * (exp(1) * z + 1), 0))
  w <- ifelse(z < -0.25, -1 + q * (1 - q * (1 / 3 - q * 11 / 72)), z * (1 - z * (1 - 1.5 * z)))
  for (i in 1:4) {
    e <- exp(w)
    f <- w * e - z
    w <- w - f / (e * (w + 1) - (w + 2) * f / (2 * w + 2))
  }
  w
}

time_at <- function(x, MSS, MAC) {
  tau <- MSS / MAC
  tau * w0(-exp(-x / (MSS * tau) - 1)) + x / MSS + tau
}
speed_at <- function(t, MSS, MAC) MSS * (1 - exp(-t * MAC / MSS))

control <- nls.lm.control(maxiter = 1000)
models <- list(
  gates_none = function(d) nlsLM(y ~ time_at(x, MSS, MAC), d, start = list(MSS = 7, MAC = 7),
                                 lower = c(0, 0), weights = w, control = control),
  gates_tc = function(d) nlsLM(y ~ TC + time_at(x, MSS, MAC), d, start = list(MSS = 7, MAC = 7, TC = 0),
                               lower = c(0, 0, -Inf), weights = w, control = control),
  gates_fd = function(d) nlsLM(y ~ time_at(x + FD, MSS, MAC) - time_at(FD, MSS, MAC), d,
                               start = list(MSS = 7, MAC = 7, FD = 0.1), lower = c(0, 0, 0), weights = w,
                               control = control),
  radar_tc = function(d) nlsLM(y ~ speed_at(x - TC, MSS, MAC), d, start = list(MSS = 7, MAC = 7, TC = 0),
                               lower = c(0, 0, -Inf), weights = w, control = control))

# From vectors to what a fit tells: parameters, their errors, fitted values, residuals in three sizes.
fit_of <- function(model, x, y) {
  d <- data.frame(x = x, y = y, w = 1)
  m <- model(d)
  s <- summary(m)
  fitted <- predict(m, newdata = data.frame(x = x))
  left <- y - fitted
  list(parameters = coef(m), errors = s$coefficients[, 2], rse = s$sigma, rmse = sqrt(mean(left^2)),
       max_abs = max(abs(left)), points = data.frame(x = x, y = y, fitted = fitted))
}

n_round <- 7L
n_fit <- 20L
input <- file("stdin")
open(input)
cat("# R ", as.character(getRversion()), ", minpack.lm ", as.character(packageVersion("minpack.lm")),
    if (requireNamespace("lamW", quietly = TRUE)) ", lamW" else ", Lambert W in R", "\n", sep = "")
while (length(head <- readLines(input, 1L))) {
  part <- strsplit(head, " ")[[1]]
  pairs <- do.call(rbind, strsplit(readLines(input, as.integer(part[[4]])), " "))
  x <- as.numeric(pairs[, 1])
  y <- as.numeric(pairs[, 2])
  model <- models[[paste(part[[2]], part[[3]], sep = "_")]]
  m <- fit_of(model, x, y) # once unmeasured, so that everything is compiled
  rounds <- vapply(seq_len(n_round), function(r) {
    from <- sum(proc.time()[1:2])
    for (i in seq_len(n_fit)) m <- fit_of(model, x, y)
    (sum(proc.time()[1:2]) - from) / n_fit
  }, 0)
  cat(part[[1]], part[[3]], sprintf("%.2f", median(rounds) * 1e6), sprintf("%.9f", m$parameters[c("MSS", "MAC")]), "\n")
}
