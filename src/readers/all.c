#include "readers/archive_reader.h"
#include "readers/html_reader.h"
#include "readers/mail_reader.h"
#include "readers/office_reader.h"
#include "readers/pdf_reader.h"
#include "readers/rtf_reader.h"
#include "readers/text_reader.h"

const struct reader *const readers_all[] = { &text_reader, &html_reader,    &docx_reader,
                                             &odt_reader,  &pdf_reader,     &rtf_reader,
                                             &mail_reader, &mailbox_reader, &archive_reader,
                                             NULL };
