package io.github.camelaiflow.validation;

import io.github.camelaiflow.data.Records;

/** What one run judges: the records, how much to tell of them, and the field that identifies one ({@code null} for none). */
record Judged(Records records, ResultFormat format, String key) {}
