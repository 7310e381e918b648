#include "search/score.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

enum { LANES = 8 };

void score_parts_scalar(const struct score_run *run, float *scores)
{
    for (size_t i = 0; i < run->len; i++)
        scores[i] = score_part(run->weight, run->counts[i], run->words[run->parts[i] - run->base],
                               run->average);
}

#if defined(__x86_64__)
__attribute__((target("avx2"))) void score_parts_vector(const struct score_run *run, float *scores)
{
    const __m256 scale = _mm256_set1_ps(run->weight * (SCORE_SATURATION + 1));
    const __m256 least = _mm256_set1_ps(SCORE_SATURATION * (1 - SCORE_LENGTH_SHARE));
    const __m256 slope = _mm256_set1_ps(SCORE_SATURATION * SCORE_LENGTH_SHARE / run->average);
    const __m256i base = _mm256_set1_epi32((int)run->base);
    size_t i = 0;
    for (; i + LANES <= run->len; i += LANES) {
        const __m256i *parts = (const __m256i *)(const void *)(run->parts + i);
        const __m256i *counts = (const __m256i *)(const void *)(run->counts + i);
        __m256i at = _mm256_sub_epi32(_mm256_loadu_si256(parts), base);
        __m256i words = _mm256_i32gather_epi32((const int *)(const void *)run->words, at, 4);
        __m256 times = _mm256_cvtepi32_ps(_mm256_loadu_si256(counts));
        __m256 length = _mm256_mul_ps(slope, _mm256_cvtepi32_ps(words));
        __m256 below = _mm256_add_ps(times, _mm256_add_ps(least, length));
        _mm256_storeu_ps(scores + i, _mm256_div_ps(_mm256_mul_ps(scale, times), below));
    }
    struct score_run rest = *run;
    rest.parts += i;
    rest.counts += i;
    rest.len -= i;
    score_parts_scalar(&rest, scores + i);
}

bool score_has_vectors(void)
{
    return __builtin_cpu_supports("avx2");
}
#else
void score_parts_vector(const struct score_run *run, float *scores)
{
    score_parts_scalar(run, scores);
}

bool score_has_vectors(void)
{
    return false;
}
#endif

void score_parts(const struct score_run *run, float *scores)
{
    if (run->len >= LANES && score_has_vectors())
        score_parts_vector(run, scores);
    else
        score_parts_scalar(run, scores);
}
