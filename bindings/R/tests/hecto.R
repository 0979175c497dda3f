# By R CMD check: a fit where the library is, nothing where it is not.
library(hecto)
if (length(Filter(file.exists, hecto:::hm_candidates()))) {
  p <- hm_fit(distance_m = c(5, 10, 15, 20, 30, 40), time_s = c(1.158, 1.893, 2.541, 3.149, 4.313, 5.444),
              model = "mono", correct = "tc")
  stopifnot(abs(p$mss_mps - 8.9748354) < 1e-6, abs(p$mac_mps2 - 7.2679173) < 1e-6)
} else {
  message("libhecto is not here: nothing to test")
}
