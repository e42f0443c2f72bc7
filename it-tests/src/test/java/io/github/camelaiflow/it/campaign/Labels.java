package io.github.camelaiflow.it.campaign;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.camelaiflow.it.campaign.Feed.Entry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * What turns out to be true about some records: permuted, a quarter of it said twice, a tenth contradicted (what is said first holds), half of it by the
 * record's key and half by the prediction's id.
 *
 * @param early what is said before its records come
 * @param late the rest
 * @param keys those about which something is said
 */
record Labels(List<byte[]> early, List<byte[]> late, Set<String> keys) {

    private static final double LABELLED = 0.85;
    private static final double FRAUD = 0.2;
    private static final double SAID_TWICE = 0.25;
    private static final double CONTRADICTED = 0.1;
    private static final double EARLY = 0.3;

    /** @param predictionIds by the record's place in the list */
    static Labels of(List<Entry> records, IntFunction<String> predictionIds, long seed) {
        Random random = new Random(seed);
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < records.size(); i++) {
            if (random.nextDouble() < LABELLED) {
                places.add(i);
            }
        }
        Collections.shuffle(places, random);
        List<byte[]> said = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        List<byte[]> again = new ArrayList<>();
        for (int place : places) {
            String key = records.get(place).key();
            String about = random.nextBoolean()
                    ? "\"claim_id\": \"" + key + '"'
                    : "\"predictionId\": \"" + predictionIds.apply(place) + '"';
            boolean fraud = random.nextDouble() < FRAUD;
            said.add(label(about, fraud));
            keys.add(key);
            if (random.nextDouble() < SAID_TWICE) {
                again.add(label(about, fraud));
            }
            if (random.nextDouble() < CONTRADICTED) {
                again.add(label(about, !fraud));
            }
            if (!again.isEmpty() && random.nextBoolean()) {
                said.add(again.remove(random.nextInt(again.size())));
            }
        }
        Collections.shuffle(again, random);
        said.addAll(again);
        int cut = (int) (said.size() * EARLY);
        return new Labels(said.subList(0, cut), said.subList(cut, said.size()), keys);
    }

    private static byte[] label(String about, boolean fraud) {
        return ("{" + about + ", \"label\": \"" + (fraud ? "fraud" : "genuine") + "\"}").getBytes(UTF_8);
    }
}
