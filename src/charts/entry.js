// Draws the charts of a page of duly. Each place of a chart holds its specification, and beside it stands a plain drawing that shows until ours is there:
//
//   <div class="charted">
//     <figure class="chart"><script type="application/json">SPECIFICATION OF VEGA-LITE</script></figure>
//     <div class="plain">...</div>
//   </div>
//
// Formulas are interpreted and nothing is loaded, so that a page may forbid both to itself.

import { transforms } from "vega-dataflow";
import * as encoding from "vega-encode";
import { expressionInterpreter } from "vega-interpreter";
import { compile } from "vega-lite";
import { parse } from "vega-parser";
import { Handler } from "vega-tooltip";
import * as transformations from "vega-transforms";
import { View } from "vega-view";
import * as viewTransformations from "vega-view-transforms";

Object.assign(transforms, transformations, viewTransformations, encoding); // maps, trees, forces and clouds are left out

async function draw(place) {
  const specification = JSON.parse(place.querySelector("script").textContent);
  const container = place.appendChild(document.createElement("div"));
  container.hidden = true;
  const view = new View(parse(compile(specification).spec, null, { ast: true }), {
    container,
    expr: expressionInterpreter,
    renderer: "svg",
    tooltip: new Handler({ theme: "light" }).call,
  });
  await view.runAsync();
  return container;
}

async function drawAll(group) {
  const containers = await Promise.all([...group.querySelectorAll(".chart")].map(draw));
  for (const container of containers) container.hidden = false;
  group.classList.add("drawn");
}

Promise.all([...document.querySelectorAll(".charted")].map(drawAll)).then(
  () => (document.documentElement.dataset.charts = "drawn"),
  (error) => {
    document.documentElement.dataset.charts = "failed"; // the plain drawings stay
    console.error(error);
  },
);
