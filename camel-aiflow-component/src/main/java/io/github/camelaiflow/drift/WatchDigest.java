package io.github.camelaiflow.drift;

import io.github.camelaiflow.drift.profile.CategorySample;
import io.github.camelaiflow.drift.profile.FieldSample;
import io.github.camelaiflow.drift.profile.NumberSample;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.TreeMap;

/** What tells windows of one definition and reference from those of another: a SHA-256 over both. */
final class WatchDigest {

    private final MessageDigest sha;

    private WatchDigest() {
        try {
            sha = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM must know SHA-256", e);
        }
    }

    static String of(DriftConfig config, SegmentReferences references, PaneLayout layout) {
        WatchDigest digest = new WatchDigest();
        digest.add(config.windowRecords() + " " + config.windowTime() + " " + config.panes());
        digest.add(config.segments().field() + config.segments().values());
        for (int segment = 0; segment < config.segments().count(); segment++) {
            Optional<Reference> reference = references.segment(segment);
            digest.add(reference.isPresent() ? "reference" : "none");
            reference.ifPresent(present -> digest.add(present, layout));
        }
        return HexFormat.of().formatHex(digest.sha.digest());
    }

    private void add(Reference reference, PaneLayout layout) {
        for (int i = 0; i < layout.names().size(); i++) {
            add(layout.names().get(i) + " " + layout.kind(i));
            FieldSample sample = reference.sample(layout.names().get(i));
            add(sample.counts().toString());
            if (sample instanceof NumberSample numbers) {
                for (double value : numbers.sorted()) {
                    sha.update(
                            ByteBuffer.allocate(Double.BYTES).putDouble(value).flip());
                }
            } else {
                add(new TreeMap<>(((CategorySample) sample).categories()).toString());
            }
        }
    }

    private void add(String text) {
        sha.update(text.getBytes(StandardCharsets.UTF_8));
        sha.update((byte) 0);
    }
}
