package org.samegan.core.execution;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the variables lie that ops read, by which a call is told to be a layer's. A variable's
 * scope is its path up to the last slash; what is computed from one scope and constants alone, such
 * as a transposed weight, is of that scope too.
 *
 * @param <V> how values are named
 */
public final class VariableScopes<V> {
  private static final String CONSTANT = "";

  private final Map<V, String> scopes = new HashMap<>();

  /** A value is a variable of this path; one without a slash lies nowhere. */
  public void variable(V value, String path) {
    int slash = path.lastIndexOf('/');
    if (slash > 0) {
      scopes.put(value, path.substring(0, slash));
    }
  }

  /** A value is a constant. */
  public void constant(V value) {
    scopes.put(value, CONSTANT);
  }

  /** The scopes of what an op reads, each once, in the order of its inputs. */
  public List<String> of(Collection<V> inputs) {
    List<String> found = new ArrayList<>();
    for (V input : inputs) {
      String scope = scopes.getOrDefault(input, CONSTANT);
      if (!scope.equals(CONSTANT) && !found.contains(scope)) {
        found.add(scope);
      }
    }
    return found;
  }

  /** An op computes values from others. */
  public void computed(Collection<V> inputs, Collection<V> outputs) {
    List<String> read = of(inputs);
    if (read.size() <= 1 && inputs.stream().allMatch(scopes::containsKey)) {
      String scope = read.isEmpty() ? CONSTANT : read.get(0);
      outputs.forEach(output -> scopes.put(output, scope));
    }
  }
}
