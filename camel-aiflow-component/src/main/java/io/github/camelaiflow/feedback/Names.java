package io.github.camelaiflow.feedback;

import io.github.camelaiflow.data.Sha256;
import java.nio.charset.StandardCharsets;

/** Ids and keys as every store takes them: what is too long or no proper text is replaced by its digest, on both sides of a join alike. */
final class Names {

    private static final int LONGEST = 200;

    private Names() {}

    /** {@code null} of {@code null}. */
    static String of(String text) {
        if (text == null || fits(text)) {
            return text;
        }
        return "sha256:" + Sha256.of(text.getBytes(StandardCharsets.UTF_16BE));
    }

    private static boolean fits(String text) {
        if (text.isEmpty() || text.length() > LONGEST) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0 || Character.isSurrogate(c)) {
                return false;
            }
        }
        return true;
    }
}
