package io.github.camelaiflow.drift.profile;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A profile as tests read it: the columns that can be compared, and a sample of each. Immutable and thread-safe. */
public final class ProfileSamples {

    /** More records make no test better; their counts would leave the range of int. */
    private static final long MOST_RECORDS = 100_000_000;

    private final Map<String, FieldSample> samples = new LinkedHashMap<>();
    private final Map<String, FieldKind> kinds = new LinkedHashMap<>();
    private final Map<String, String> leftOut;

    private ProfileSamples(Profile profile) {
        leftOut = new LinkedHashMap<>(profile.leftOut());
        double scale = Math.min(1, (double) MOST_RECORDS / Math.max(1, profile.records()));
        profile.columnProfiles().forEach((name, column) -> {
            String reason = whyNot(profile, column);
            if (reason != null) {
                leftOut.put(name, reason);
            } else {
                kinds.put(name, column.kind());
                samples.put(name, column.sample(profile.presence(name), scale));
            }
        });
    }

    /** The samples of a profile; counts of more than 100 million records are scaled down to as many, what occurs at all to 1 at least. */
    public static ProfileSamples of(Profile profile) {
        return new ProfileSamples(profile);
    }

    /** A field that was declared is what it was declared to be. */
    private static String whyNot(Profile profile, ColumnProfile column) {
        boolean declared = profile.schemaDigest().isPresent() || column.kind() != FieldKind.CATEGORY;
        return declared ? null : FileProfile.whyNoCategory((CategoryProfile) column);
    }

    /** The names of the columns, in order. */
    public List<String> columns() {
        return List.copyOf(kinds.keySet());
    }

    /** The names of the fields that cannot be compared, and why. */
    public Map<String, String> leftOut() {
        return Collections.unmodifiableMap(leftOut);
    }

    /** How a column is compared; {@code null} if there is none of that name. */
    public FieldKind kind(String column) {
        return kinds.get(column);
    }

    /** What a column is compared with; {@code null} if there is none of that name. */
    public FieldSample sample(String column) {
        return samples.get(column);
    }
}
