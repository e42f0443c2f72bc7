package io.github.camelaiflow.it.campaign;

import io.github.camelaiflow.avro.Framing;
import io.github.camelaiflow.claims.Claim;
import io.github.camelaiflow.claims.ClaimEncoder;
import io.github.camelaiflow.claims.ClaimGenerator;
import io.github.camelaiflow.claims.ClaimGenerator.Plan;
import io.github.camelaiflow.claims.ClaimSchemas;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

/**
 * What goes in: claims, each a function of the seed and its number. Every claim has an id of its own, which is its record's key, and goes to
 * the partition that follows from it.
 */
final class Feed {

    /** One record that is sent. */
    record Entry(String key, byte[] value, int partition) {}

    /** What may be wrong with it. */
    enum Kind {
        /** All can be decided. */
        CLEAN(0, 0),
        /** 2 % cannot be decided. */
        ORDINARY(0.02, 0),
        /** 10 % cannot be decided. */
        POISONED(0.1, 0),
        /** 10 % are sent a second time. */
        DOUBLED(0.02, 0.1);

        private final double defects;
        private final double doubles;

        Kind(double defects, double doubles) {
            this.defects = defects;
            this.doubles = doubles;
        }
    }

    private final ClaimEncoder encoder = new ClaimEncoder(ClaimSchemas.V2, Framing.SINGLE_OBJECT, 0);
    private final long seed;
    private final int partitions;
    private long next;

    Feed(long seed, int partitions) {
        this.seed = seed;
        this.partitions = partitions;
    }

    /** The next claims, in order. */
    List<Entry> next(int count, Kind kind) {
        ClaimGenerator claims = new ClaimGenerator(new Plan(seed, Long.MAX_VALUE, kind.defects, Duration.ofMinutes(1)));
        Random random = new Random(seed + next);
        List<Entry> entries = new ArrayList<>();
        LongStream.range(next, next + count).mapToObj(claims::claim).forEach(claim -> {
            entries.add(entry(claim));
            if (random.nextDouble() < kind.doubles) {
                entries.add(entries.get(random.nextInt(entries.size())));
            }
        });
        next += count;
        return entries;
    }

    private Entry entry(Claim claim) {
        return new Entry(
                claim.id(), encoder.avro(claim), Math.floorMod(claim.id().hashCode(), partitions));
    }
}
