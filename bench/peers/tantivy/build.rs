fn main() {
    cc::Build::new()
        .files(["../../driver.c", "../../corpus.c"])
        .define("_GNU_SOURCE", None)
        .std("gnu17")
        .compile("driver");
    for file in ["driver.c", "driver.h", "corpus.c", "corpus.h"] {
        println!("cargo:rerun-if-changed=../../{file}");
    }
}
