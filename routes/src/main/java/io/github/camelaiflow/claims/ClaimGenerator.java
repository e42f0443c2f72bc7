package io.github.camelaiflow.claims;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Generates insurance claims with the truth about them. A claim is a function of seed and number alone: the same on every
 * machine, in any order. Immutable and thread-safe.
 *
 * <p>Planted are
 * <ul>
 *   <li>fraud, by the four rules of {@link PlantedRule}, one of which holds for about 9 % of the claims: 7 % are staged to
 *       look so, the rest by chance;
 *   <li>defects: with probability {@link Plan#defectRate()} a claim gets one of the six kinds of {@link Defect}, each as
 *       likely as the others; the truth about fraud is that of the claim before;
 *   <li>a drift: from claim {@link Plan#driftFrom()} on amounts are {@value #DRIFT_AMOUNT_FACTOR} times as high and the
 *       mix of types shifts (storms: weather from 12 % to 35 %, all others down). Fraud follows the same rules.
 * </ul>
 */
public final class ClaimGenerator {

    /** Types of claim, as {@code claim_type} knows them. */
    public static final List<String> TYPES = List.of("collision", "theft", "fire", "vandalism", "glass", "weather");

    /** Regions, as {@code region} knows them. */
    public static final List<String> REGIONS = List.of("north", "south", "east", "west");

    /** How much higher amounts are after the drift. */
    public static final double DRIFT_AMOUNT_FACTOR = 1.6;

    private static final double[] TYPE_SHARES = {0.38, 0.14, 0.08, 0.13, 0.15, 0.12};
    private static final double[] DRIFTED_TYPE_SHARES = {0.28, 0.10, 0.06, 0.10, 0.11, 0.35};
    private static final double[] TYPE_MEDIANS = {3_500, 9_000, 11_000, 1_500, 600, 2_800};
    private static final double[] REGION_SHARES = {0.30, 0.25, 0.25, 0.20};
    private static final double[] WITNESS_SHARES = {0.45, 0.30, 0.15, 0.07, 0.03};
    private static final double[] REPORT_SHARES = {0.65, 0.9, 0.88, 0.6, 0.4, 0.3};
    private static final double STAGED_SHARE = 0.07;
    private static final double MOST_CLAIMED = 100_000;
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    /**
     * What to generate.
     *
     * @param seed any number
     * @param driftFrom number of the first claim after the drift; {@link Long#MAX_VALUE} for none
     * @param defectRate share of bad records, 0 to 1
     * @param spacing time between two claims
     */
    public record Plan(long seed, long driftFrom, double defectRate, Duration spacing) {

        /** @throws IllegalArgumentException if the share is not between 0 and 1, or the drift starts before claim 0 */
        public Plan {
            if (!(defectRate >= 0 && defectRate <= 1)) {
                throw new IllegalArgumentException("defectRate must be between 0 and 1, was " + defectRate);
            }
            if (driftFrom < 0) {
                throw new IllegalArgumentException("driftFrom must be 0 or more, was " + driftFrom);
            }
        }

        /** Claims as they should be: no defects, no drift, one a minute. */
        public static Plan clean(long seed) {
            return new Plan(seed, Long.MAX_VALUE, 0, Duration.ofMinutes(1));
        }

        /** A stream with 3 % bad records that drifts from that claim on, one a minute. */
        public static Plan demo(long seed, long driftFrom) {
            return new Plan(seed, driftFrom, 0.03, Duration.ofMinutes(1));
        }
    }

    private final Plan plan;

    /** A generator of that plan. */
    public ClaimGenerator(Plan plan) {
        this.plan = plan;
    }

    /** All claims from number 0 on, without end. */
    public Stream<Claim> claims() {
        return LongStream.iterate(0, number -> number + 1).mapToObj(this::claim);
    }

    /** The first claims. */
    public Stream<Claim> claims(long count) {
        return LongStream.range(0, count).mapToObj(this::claim);
    }

    /** When the claim of that number was submitted. */
    public Instant submittedAt(long number) {
        return START.plus(plan.spacing().multipliedBy(number));
    }

    /** The claim of that number, from 0. */
    public Claim claim(long number) {
        Random random = new Random(mix(mix(plan.seed()) + number));
        boolean drifted = number >= plan.driftFrom();
        Map<String, Object> fields = fields(number, drifted, random);
        if (random.nextDouble() < STAGED_SHARE) {
            stage(fields, random);
        }
        double probability = PlantedRule.fraudProbability(fields);
        boolean fraud = random.nextDouble() < probability;
        Defect defect = defect(random);
        plant(defect, fields);
        return new Claim(number, fields, new Claim.Truth(fraud, probability, defect, drifted));
    }

    private Map<String, Object> fields(long number, boolean drifted, Random random) {
        int type = pick(drifted ? DRIFTED_TYPE_SHARES : TYPE_SHARES, random);
        int vehicleAge = (int) (26 * square(random.nextDouble()));
        int witnesses = pick(WITNESS_SHARES, random);
        double factor = drifted ? DRIFT_AMOUNT_FACTOR : 1;
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("claim_id", String.format(Locale.ROOT, "C-%04x-%08d", mix(plan.seed()) >>> 48, number));
        fields.put("policy_id", String.format(Locale.ROOT, "P-%06d", random.nextInt(1_000_000)));
        fields.put("claim_type", TYPES.get(type));
        fields.put("region", REGIONS.get(pick(REGION_SHARES, random)));
        fields.put("claim_amount", money(logNormal(TYPE_MEDIANS[type], 0.6, random) * factor, 50, MOST_CLAIMED));
        fields.put(
                "vehicle_value",
                money(logNormal(32_000, 0.4, random) * StrictMath.pow(0.88, vehicleAge), 500, 150_000));
        fields.put("vehicle_age", vehicleAge);
        fields.put("incident_hour", hour(random));
        fields.put("days_since_policy_start", random.nextInt(1_825));
        fields.put("witnesses", witnesses);
        int witnessAge = 18 + random.nextInt(68);
        fields.put("witness_age", witnesses == 0 || random.nextInt(5) == 0 ? null : witnessAge);
        fields.put("police_report", random.nextDouble() < REPORT_SHARES[type]);
        fields.put("customer_age", (int) clamp(46 + 15 * random.nextGaussian(), 18, 90));
        fields.put("past_claims", geometric(0.3, 8, random));
        fields.put("submitted_at", submittedAt(number).toEpochMilli());
        fields.put("adjuster", null);
        return fields;
    }

    /** Makes one of the planted rules hold, and the claim look as staged ones do: at night, unseen and unreported. */
    private static void stage(Map<String, Object> fields, Random random) {
        boolean night = random.nextDouble() < 0.6;
        boolean unseen = random.nextDouble() < 0.9;
        boolean unreported = random.nextDouble() < 0.9;
        switch (PlantedRule.values()[random.nextInt(PlantedRule.values().length)]) {
            case EARLY_BIRD -> {
                fields.put("days_since_policy_start", random.nextInt(30));
                inflate(fields, 5_000);
            }
            case GHOST -> night = unseen = unreported = true;
            case SERIAL -> {
                fields.put("past_claims", 4 + random.nextInt(5));
                inflate(fields, 2_000);
            }
            case STAGED_LOSS -> {
                fields.put("claim_type", random.nextBoolean() ? "theft" : "fire");
                fields.put("vehicle_age", 15 + random.nextInt(11));
                unreported = true;
            }
        }
        hide(fields, night ? random.nextInt(5) : (Integer) fields.get("incident_hour"), unseen, unreported);
    }

    private static void hide(Map<String, Object> fields, int hour, boolean unseen, boolean unreported) {
        fields.put("incident_hour", hour);
        if (unseen) {
            fields.put("witnesses", 0);
            fields.put("witness_age", null);
        }
        if (unreported) {
            fields.put("police_report", false);
        }
    }

    private static void inflate(Map<String, Object> fields, double by) {
        fields.put("claim_amount", money((Double) fields.get("claim_amount") + by, by, MOST_CLAIMED));
    }

    private Defect defect(Random random) {
        Defect[] kinds = Defect.values();
        Defect kind = kinds[1 + random.nextInt(kinds.length - 1)];
        return random.nextDouble() < plan.defectRate() ? kind : Defect.NONE;
    }

    private static void plant(Defect defect, Map<String, Object> fields) {
        switch (defect) {
            case MISSING_AMOUNT -> fields.put("claim_amount", null);
            case NEGATIVE_AMOUNT -> fields.put("claim_amount", -(Double) fields.get("claim_amount"));
            case NAN_AMOUNT -> fields.put("claim_amount", Double.NaN);
            case UNKNOWN_TYPE -> fields.put("claim_type", "meteorite");
            case WRONG_TYPE -> fields.put("claim_amount", "about " + fields.get("claim_amount"));
            case NONE, UNDECODABLE -> {}
        }
    }

    /** Most accidents happen by day, one in five at any hour. */
    private static int hour(Random random) {
        double byDay = 14 + 4 * random.nextGaussian();
        int anyHour = random.nextInt(24);
        return random.nextInt(5) == 0 ? anyHour : (int) clamp(byDay, 0, 23);
    }

    private static int pick(double[] shares, Random random) {
        double rest = random.nextDouble();
        for (int i = 0; i < shares.length - 1; i++) {
            rest -= shares[i];
            if (rest < 0) {
                return i;
            }
        }
        return shares.length - 1;
    }

    private static int geometric(double more, int most, Random random) {
        int count = 0;
        while (count < most && random.nextDouble() < more) {
            count++;
        }
        return count;
    }

    private static double logNormal(double median, double sigma, Random random) {
        return median * StrictMath.exp(sigma * random.nextGaussian());
    }

    private static double money(double amount, double least, double most) {
        return Math.round(clamp(amount, least, most) * 100) / 100.0;
    }

    private static double clamp(double value, double least, double most) {
        return Math.max(least, Math.min(most, value));
    }

    private static double square(double value) {
        return value * value;
    }

    /** SplitMix64's finalizer: neighbouring numbers get unrelated seeds (Steele, Lea, Flood 2014). */
    private static long mix(long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
