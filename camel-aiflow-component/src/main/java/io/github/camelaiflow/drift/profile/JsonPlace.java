package io.github.camelaiflow.drift.profile;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** A place in a file that nobody trusts, and what must stand there. Messages name file, place and requirement, never what stands there. */
record JsonPlace(String file, String path, JsonNode node) {

    static final long MOST = 1L << 52;

    /** The members of an object that must have these and no others. */
    JsonPlace object(String... members) {
        Set<String> expected = new HashSet<>(Arrays.asList(members));
        Set<String> found = new HashSet<>();
        require(node.isObject(), "be an object");
        node.fieldNames().forEachRemaining(found::add);
        require(found.equals(expected), "have exactly the members " + String.join(", ", members));
        return this;
    }

    JsonPlace get(String member) {
        return new JsonPlace(file, path.isEmpty() ? member : path + "." + member, node.get(member));
    }

    boolean has(String member) {
        return node.isObject() && node.has(member);
    }

    boolean isNull() {
        return node.isNull();
    }

    /** The members of an object of any, by their names. */
    List<Map.Entry<String, JsonPlace>> members(int most) {
        require(node.isObject() && node.size() <= most, "be an object of at most " + most + " members");
        List<Map.Entry<String, JsonPlace>> members = new ArrayList<>();
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            JsonPlace place = new JsonPlace(file, path + "." + member.getKey(), member.getValue());
            members.add(Map.entry(member.getKey(), place));
        }
        return members;
    }

    /** This place without the names of what stands in it, which may be values. */
    JsonPlace at(String shownPath) {
        return new JsonPlace(file, shownPath, node);
    }

    List<JsonPlace> items(int most) {
        require(node.isArray() && node.size() <= most, "be a list of at most " + most);
        List<JsonPlace> items = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            items.add(new JsonPlace(file, path + "[" + i + "]", node.get(i)));
        }
        return items;
    }

    double[] numbers(int most) {
        require(node.isArray() && node.size() <= most, "be a list of at most " + most + " numbers");
        double[] numbers = new double[node.size()];
        for (int i = 0; i < numbers.length; i++) {
            require(finite(node.get(i)), "be a list of finite numbers");
            numbers[i] = node.get(i).doubleValue();
        }
        return numbers;
    }

    long[] counts(int size) {
        require(node.isArray() && node.size() == size, "be a list of " + size + " counts");
        long[] counts = new long[size];
        for (int i = 0; i < size; i++) {
            counts[i] = new JsonPlace(file, path + "[" + i + "]", node.get(i)).count();
        }
        return counts;
    }

    String text() {
        require(node.isTextual(), "be a text");
        return node.textValue();
    }

    double number() {
        require(finite(node), "be a finite number");
        return node.doubleValue();
    }

    private static boolean finite(JsonNode number) {
        return number.isNumber() && Double.isFinite(number.doubleValue());
    }

    long count() {
        boolean count = node.isIntegralNumber() && node.canConvertToLong() && node.longValue() >= 0;
        require(count && node.longValue() <= MOST, "be a whole number from 0 to " + MOST);
        return node.longValue();
    }

    int count(int least, int most) {
        long count = count();
        require(count >= least && count <= most, "be from " + least + " to " + most);
        return (int) count;
    }

    void require(boolean condition, String requirement) {
        if (!condition) {
            throw wrong("must " + requirement);
        }
    }

    /** What is made of this place; what that refuses is wrong with the place. */
    <T> T make(Supplier<T> maker) {
        try {
            return maker.get();
        } catch (IllegalArgumentException e) {
            throw wrong(e.getMessage());
        }
    }

    ReferenceException wrong(String requirement) {
        return new ReferenceException(file + (path.isEmpty() ? " " : ", " + path + ": ") + requirement);
    }
}
