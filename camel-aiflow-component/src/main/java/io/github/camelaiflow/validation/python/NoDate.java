package io.github.camelaiflow.validation.python;

/** A text holds no date. */
final class NoDate extends Exception {

    private static final long serialVersionUID = 1L;

    NoDate() {
        super(null, null, false, false);
    }

    static int whole(String digits) throws NoDate {
        if (digits.isEmpty() || !digits.codePoints().allMatch(Character::isDigit)) {
            throw new NoDate();
        }
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException e) {
            throw new NoDate();
        }
    }
}
