package io.github.camelaiflow.validation.python;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;

/** The numbers of a date before it is known which is the year, the month and the day; resolved as dateutil does. */
final class DateNumbers {

    private static final int LEAP = 2000;
    private static final int CYCLE = 400;

    private final List<Integer> numbers = new ArrayList<>();
    private int yearAt = -1;
    private int monthAt = -1;
    private int dayAt = -1;
    private boolean century;

    Integer year;
    Integer month;
    Integer day;

    int size() {
        return numbers.size();
    }

    /** Whether a year was written with its century. */
    boolean century() {
        return century;
    }

    void month(int value) throws NoDate {
        numbers.add(value);
        mark('M');
    }

    void number(int value) throws NoDate {
        numbers.add(value);
        if (value > 100) {
            century = true;
            mark('Y');
        }
    }

    void digits(String digits) throws NoDate {
        numbers.add(NoDate.whole(digits));
        if (digits.length() > 2) {
            century = true;
            mark('Y');
        }
    }

    void year(String digits) throws NoDate {
        numbers.add(NoDate.whole(digits));
        century |= digits.length() > 2;
        mark('Y');
    }

    private void mark(char part) throws NoDate {
        int last = numbers.size() - 1;
        if ((part == 'M' ? monthAt : yearAt) >= 0) {
            throw new NoDate();
        }
        if (part == 'M') {
            monthAt = last;
        } else {
            yearAt = last;
        }
    }

    boolean couldBeDay(double value) throws NoDate {
        if (dayAt >= 0 || value < 1) {
            return false;
        }
        if (monthAt < 0) {
            return value <= 31;
        }
        int within = numbers.get(monthAt);
        if (within < 1 || within > 12) {
            throw new NoDate();
        }
        return value
                <= YearMonth.of(yearAt < 0 ? LEAP : LEAP + numbers.get(yearAt) % CYCLE, within)
                        .lengthOfMonth();
    }

    void resolve() throws NoDate {
        int known = (yearAt >= 0 ? 1 : 0) + (monthAt >= 0 ? 1 : 0) + (dayAt >= 0 ? 1 : 0);
        int size = numbers.size();
        if (size > 3 && known != size) {
            throw new NoDate();
        }
        if ((size == known && size > 0) || (size == 3 && known == 2)) {
            byMarks(size, known);
        } else if (size == 1 || (size == 2 && monthAt >= 0)) {
            one(size);
        } else if (size == 2) {
            two(numbers.get(0), numbers.get(1));
        } else if (size == 3) {
            three(numbers.get(0), numbers.get(1), numbers.get(2));
        }
    }

    private void byMarks(int size, int known) {
        int open = size > known ? 3 - (Math.max(yearAt, 0) + Math.max(monthAt, 0) + Math.max(dayAt, 0)) : -1;
        year = at(yearAt, open);
        month = at(monthAt, open);
        day = at(dayAt, open);
    }

    private Integer at(int marked, int open) {
        int place = marked >= 0 ? marked : open;
        return place >= 0 ? numbers.get(place) : null;
    }

    private void one(int size) {
        int other = numbers.get(0);
        if (monthAt >= 0) {
            month = numbers.get(monthAt);
            other = numbers.get(monthAt == 0 ? size - 1 : monthAt - 1);
        }
        if (size > 1 || monthAt < 0) {
            if (other > 31) {
                year = other;
            } else {
                day = other;
            }
        }
    }

    private void two(int a, int b) {
        if (a > 31) {
            set(a, b, null);
        } else if (b > 31) {
            set(b, a, null);
        } else {
            set(null, a, b);
        }
    }

    private void three(int a, int b, int c) {
        switch (monthAt) {
            case 0 -> set(b > 31 ? b : c, a, b > 31 ? c : b);
            case 1 -> set(a > 31 ? a : c, b, a > 31 ? c : a);
            case 2 -> set(b > 31 ? b : a, c, b > 31 ? a : b);
            default -> {
                if (a > 31 || yearAt == 0) {
                    set(a, b, c);
                } else if (a > 12) {
                    set(c, b, a);
                } else {
                    set(c, a, b);
                }
            }
        }
    }

    private void set(Integer y, Integer m, Integer d) {
        year = y;
        month = m;
        day = d;
    }
}
