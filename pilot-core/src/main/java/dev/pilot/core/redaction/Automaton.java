package dev.pilot.core.redaction;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;

/**
 * Finds all of many literals in one pass (Aho-Corasick), without regard to the case of letters. Bytes that no literal tells
 * apart share a class; the table is dense; a state is the offset of its row, and the states in which a literal ends come last.
 */
final class Automaton {
    final int[] table;
    final int[] classes;
    /** The first state in which a literal ends. */
    final int firstHit;

    private final int width;
    private final int[] depths;
    private final int[][] hits;
    private final boolean ascii;

    private Automaton(int[] table, int[] classes, int firstHit, int[] depths, int[][] hits, boolean ascii) {
        this.table = table;
        this.classes = classes;
        this.firstHit = firstHit;
        this.width = Arrays.stream(classes).max().orElse(0) + 1;
        this.depths = depths;
        this.hits = hits;
        this.ascii = ascii;
    }

    static Automaton of(List<byte[]> literals) {
        return new Builder(literals).build();
    }

    /** Which literals end in a state; by their place in the list. */
    int[] hits(int state) {
        return hits[(state - firstHit) / width];
    }

    /** How many bytes before a state may belong to a literal that has begun. */
    int depth(int state) {
        return depths[state / width];
    }

    /** Whether a literal may stand in a text; without allocating anything. */
    boolean touches(String text) {
        int state = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 128) {
                if (!ascii) {
                    return true;
                }
                state = 0;
                continue;
            }
            state = table[state + classes[c]];
            if (state >= firstHit) {
                return true;
            }
        }
        return false;
    }

    private static final class Builder {
        private final int[] classes = new int[256];
        private final int width;
        private final boolean ascii;
        private final List<List<Integer>> hits = new ArrayList<>();
        private int[] children;
        private int[] depths = new int[64];
        private int nodes = 1;

        Builder(List<byte[]> literals) {
            int count = 1;
            boolean onlyAscii = true;
            for (byte[] literal : literals) {
                for (byte b : literal) {
                    int c = Text.fold(b) & 0xff;
                    onlyAscii &= c < 128;
                    if (classes[c] == 0) {
                        classes[c] = count++;
                    }
                }
            }
            for (int c = 'A'; c <= 'Z'; c++) {
                classes[c] = classes[c + 32];
            }
            width = count;
            ascii = onlyAscii;
            children = new int[64 * width];
            hits.add(new ArrayList<>());
            for (int i = 0; i < literals.size(); i++) {
                add(literals.get(i), i);
            }
        }

        private void add(byte[] literal, int index) {
            int node = 0;
            for (byte b : literal) {
                int slot = node * width + classes[b & 0xff];
                if (children[slot] == 0) {
                    int made = node(depths[node] + 1); // may move the table
                    children[slot] = made;
                }
                node = children[slot];
            }
            hits.get(node).add(index);
        }

        private int node(int depth) {
            if (nodes == depths.length) {
                depths = Arrays.copyOf(depths, nodes * 2);
                children = Arrays.copyOf(children, children.length * 2);
            }
            depths[nodes] = depth;
            hits.add(new ArrayList<>());
            return nodes++;
        }

        Automaton build() {
            complete();
            int[] states = new int[nodes];
            int next = 0;
            for (int node = 0; node < nodes; node++) {
                if (hits.get(node).isEmpty()) {
                    states[node] = next++;
                }
            }
            int firstHit = next;
            for (int node = 0; node < nodes; node++) {
                if (!hits.get(node).isEmpty()) {
                    states[node] = next++;
                }
            }
            int[] table = new int[nodes * width];
            int[] depthOf = new int[nodes];
            int[][] hitsOf = new int[nodes - firstHit][];
            for (int node = 0; node < nodes; node++) {
                int state = states[node];
                depthOf[state] = depths[node];
                for (int c = 0; c < width; c++) {
                    table[state * width + c] = states[children[node * width + c]] * width;
                }
                if (state >= firstHit) {
                    hitsOf[state - firstHit] =
                            hits.get(node).stream().mapToInt(Integer::intValue).toArray();
                }
            }
            return new Automaton(table, classes, firstHit * width, depthOf, hitsOf, ascii);
        }

        /** Turns the trie into an automaton: a missing child is that of the longest proper suffix. */
        private void complete() {
            int[] suffix = new int[nodes];
            Queue<Integer> queue = new ArrayDeque<>();
            queue.add(0);
            while (!queue.isEmpty()) {
                int node = queue.remove();
                hits.get(node).addAll(node == 0 ? List.of() : hits.get(suffix[node]));
                for (int c = 0; c < width; c++) {
                    int slot = node * width + c;
                    int back = node == 0 ? 0 : children[suffix[node] * width + c];
                    if (children[slot] == 0) {
                        children[slot] = back;
                    } else {
                        suffix[children[slot]] = back;
                        queue.add(children[slot]);
                    }
                }
            }
        }
    }
}
