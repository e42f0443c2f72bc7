package io.github.camelaiflow.data;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The digest by which models and definitions are known. */
public final class Sha256 {

    private Sha256() {}

    /** The SHA-256 of the bytes as 64 lower-case hex digits. Thread-safe. */
    public static String of(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
