package io.github.camelaiflow.it.campaign;

import java.util.Arrays;

/** Runs a main class of someone else's, and ends it with its parent. */
final class Watched {

    private Watched() {}

    /** The class's name, then its arguments. */
    public static void main(String[] arguments) throws ReflectiveOperationException {
        ParentWatch.start();
        Class.forName(arguments[0]).getMethod("main", String[].class).invoke(null, (Object)
                Arrays.copyOfRange(arguments, 1, arguments.length));
    }
}
