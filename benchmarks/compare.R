# The indicator by terra: compare.R FOLDER OUT CLASSES CONDITIONS
suppressPackageStartupMessages(library(terra))
arguments <- commandArgs(trailingOnly = TRUE)
inputs <- rast(file.path(arguments[1], c("lc2000.tif", "lc2015.tif", "lpd2015.tif", "soc2000.tif", "soc2015.tif")))
NAflag(inputs) <- NA
numbers <- function(text) as.integer(strsplit(text, ",")[[1]])
classes <- numbers(arguments[3])
conditions <- numbers(arguments[4])
lpd <- c(0L, 1L, 1L, 2L, 2L, 3L)
zero <- function(x) ifelse(is.na(x), 0L, x)
indicator <- function(v) {
  cover <- conditions[classes[zero(v[, 1]) + 1L] * 8L + classes[zero(v[, 2]) + 1L] + 1L]
  productivity <- lpd[zero(v[, 3]) + 1L]
  carbon <- ifelse(v[, 5] * 100 < v[, 4] * 90, 1L, ifelse(v[, 5] * 100 > v[, 4] * 110, 3L, 2L))
  carbon[is.na(v[, 4]) | is.na(v[, 5]) | v[, 4] <= 0 | v[, 5] < 0] <- 0L
  result <- pmax(cover, productivity, carbon)
  result[cover == 1L | productivity == 1L | carbon == 1L] <- 1L
  result[cover == 0L | productivity == 0L | carbon == 0L] <- 0L
  result
}
app(inputs, indicator, filename = arguments[2], overwrite = TRUE,
    wopt = list(datatype = "INT1U", NAflag = 0, gdal = c("TILED=YES", "BLOCKXSIZE=512", "BLOCKYSIZE=512", "COMPRESS=LZW")))
