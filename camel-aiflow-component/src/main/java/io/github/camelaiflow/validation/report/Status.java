package io.github.camelaiflow.validation.report;

import io.github.camelaiflow.page.Html;
import io.github.camelaiflow.validation.ExpectationResult;
import io.github.camelaiflow.validation.Severity;

/** What became of an expectation, the worst first: by word and sign, and by colour besides. */
enum Status {
    NOT_JUDGED("bad", "! Not judged"),
    FAILED("bad", "✗ Failed"),
    WARNING("warn", "⚠ Warning"),
    NOTED("info", "ℹ Noted"),
    MET("ok", "✓ Met");

    private final String look;
    private final String word;

    Status(String look, String word) {
        this.look = look;
        this.word = word;
    }

    static Status of(ExpectationResult result) {
        if (result.success()) {
            return MET;
        }
        Severity severity = result.expectation().severity();
        if (severity == Severity.CRITICAL) {
            return result.error() == null ? FAILED : NOT_JUDGED;
        }
        return severity == Severity.WARNING ? WARNING : NOTED;
    }

    void write(Html html) {
        html.tag("span", word, "class", "badge " + look);
    }
}
