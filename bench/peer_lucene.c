/* peer_lucene - Lucene under the harness: positions on, text not kept, no stemming.
 *
 * A virtual machine in this process, asked on the thread whose clock is read; its compiler and
 * collector run on others and are counted in building only. Peer.class and the jars lie in the
 * folder `lucene` beside this program (bench/engines.py puts them there).
 */
#include <jni.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "driver.h"

enum { WARM = 30, LINE_MAX_BYTES = 8192 };

struct lucene {
    JavaVM *machine;
    JNIEnv *java;
    jclass kind;
    jobject peer;
    jmethodID add, best, count;
};

static void check(JNIEnv *java)
{
    if ((*java)->ExceptionCheck(java)) {
        (*java)->ExceptionDescribe(java);
        stop("lucene: see above");
    }
}

/* The jars one by one: a wildcard is understood by `java` only. */
static void write_class_path(char *to, size_t room)
{
    static const char *const jars[] = { LUCENE_JARS };
    char self[PATH_MAX] = "";
    if (readlink("/proc/self/exe", self, sizeof self - 1) < 0)
        stop("lucene: where is this program?");
    const char *folder = dirname(self);
    int len = snprintf(to, room, "-Djava.class.path=%s/lucene", folder);
    for (size_t i = 0; i < sizeof jars / sizeof *jars; i++)
        len += snprintf(to + len, room - (size_t)len, ":%s/lucene/%s", folder, jars[i]);
}

static void start(struct lucene *lucene)
{
    char path[4 * PATH_MAX];
    write_class_path(path, sizeof path);
    JavaVMOption options[] = { { .optionString = path },
                               { .optionString = (char[]){ "-Xmx1g" } },
                               { .optionString = (char[]){ "-XX:+UseSerialGC" } } };
    JavaVMInitArgs arguments = { .version = JNI_VERSION_10,
                                 .nOptions = sizeof options / sizeof *options,
                                 .options = options };
    if (JNI_CreateJavaVM(&lucene->machine, (void **)&lucene->java, &arguments) != JNI_OK)
        stop("lucene: the virtual machine cannot be started");
    JNIEnv *java = lucene->java;
    lucene->kind = (*java)->FindClass(java, "Peer");
    check(java);
}

static jmethodID method(struct lucene *lucene, const char *name, const char *shape)
{
    jmethodID found = (*lucene->java)->GetMethodID(lucene->java, lucene->kind, name, shape);
    check(lucene->java);
    return found;
}

/* Peer.create or Peer.open. */
static void begin(struct lucene *lucene, const char *verb, const char *index)
{
    JNIEnv *java = lucene->java;
    jmethodID make =
        (*java)->GetStaticMethodID(java, lucene->kind, verb, "(Ljava/lang/String;)LPeer;");
    check(java);
    jstring path = (*java)->NewStringUTF(java, index);
    lucene->peer = (*java)->CallStaticObjectMethod(java, lucene->kind, make, path);
    check(java);
}

static void call(struct lucene *lucene, const char *name)
{
    (*lucene->java)->CallVoidMethod(lucene->java, lucene->peer, method(lucene, name, "()V"));
    check(lucene->java);
}

static void add(struct lucene *lucene, struct text text, int number)
{
    JNIEnv *java = lucene->java;
    jbyteArray bytes = (*java)->NewByteArray(java, (jsize)text.len);
    check(java);
    (*java)->SetByteArrayRegion(java, bytes, 0, (jsize)text.len, (const jbyte *)text.at);
    (*java)->CallVoidMethod(java, lucene->peer, lucene->add, bytes, number, (jint)text.folder);
    check(java);
    (*java)->DeleteLocalRef(java, bytes);
}

static void build(const char *pack, const char *index)
{
    struct lucene lucene = { 0 };
    struct stream *stream = stream_open(pack);
    struct text text;
    start(&lucene);
    begin(&lucene, "create", index);
    lucene.add = method(&lucene, "add", "([BII)V");
    for (int number = 0; stream_next(stream, &text); number++)
        add(&lucene, text, number);
    stream_close(stream);
    call(&lucene, "commit");
    clock_t loaded = clock();
    call(&lucene, "settle");
    printf("settle %.3f\n", (double)(clock() - loaded) / CLOCKS_PER_SEC);
    (*lucene.machine)->DestroyJavaVM(lucene.machine);
}

static void *open_index(const char *index)
{
    struct lucene *lucene = calloc(1, sizeof *lucene);
    if (lucene == NULL)
        stop("no memory");
    start(lucene);
    begin(lucene, "open", index);
    lucene->best = method(lucene, "best", "(IILjava/lang/String;I)[I");
    lucene->count = method(lucene, "count", "(IILjava/lang/String;)J");
    return lucene;
}

static void close_index(void *self)
{
    struct lucene *lucene = self;
    (*lucene->machine)->DestroyJavaVM(lucene->machine);
    free(lucene);
}

static jstring words_of(JNIEnv *java, const struct question *question)
{
    char line[LINE_MAX_BYTES], *at = line;
    for (size_t i = 0; i < question->count; i++) {
        at = text_append(at, line + sizeof line, i == 0 ? "" : " ");
        at = text_append(at, line + sizeof line, question->words[i]);
    }
    return (*java)->NewStringUTF(java, line);
}

static size_t best(void *self, const struct question *question, size_t most, uint32_t *documents)
{
    struct lucene *lucene = self;
    JNIEnv *java = lucene->java;
    jstring words = words_of(java, question);
    jintArray found =
        (*java)->CallObjectMethod(java, lucene->peer, lucene->best, (jint)question->form,
                                  (jint)question->folder, words, (jint)most);
    check(java);
    jsize count = (*java)->GetArrayLength(java, found);
    (*java)->GetIntArrayRegion(java, found, 0, count, (jint *)documents);
    (*java)->DeleteLocalRef(java, found);
    (*java)->DeleteLocalRef(java, words);
    return (size_t)count;
}

static uint64_t count_all(void *self, const struct question *question)
{
    struct lucene *lucene = self;
    JNIEnv *java = lucene->java;
    jstring words = words_of(java, question);
    jlong all = (*java)->CallLongMethod(java, lucene->peer, lucene->count, (jint)question->form,
                                        (jint)question->folder, words);
    check(java);
    (*java)->DeleteLocalRef(java, words);
    return (uint64_t)all;
}

static const struct engine engine = { .build = build,
                                      .open = open_index,
                                      .close = close_index,
                                      .best = best,
                                      .count = count_all,
                                      .warm = WARM };

int main(int count, char **words)
{
    if (count == 2 && strcmp(words[1], "version") == 0) {
        puts(LUCENE_VERSION);
        return 0;
    }
    return driver_main(count, words, &engine);
}
