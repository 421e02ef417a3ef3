"use strict";
(() => {
  const words = document.getElementById("words");
  const target = document.getElementById("target");
  const boxes = [...document.querySelectorAll("input[name=outcome]")];
  const scenarios = [...document.querySelectorAll("details.scenario")];
  for (const badge of document.querySelectorAll("summary .badge")) badge.title = `${badge.dataset.target}: ${badge.textContent}`;
  const shown = document.getElementById("shown");

  const filter = () => {
    const wanted = words.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const outcomes = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    const only = target ? target.value : "";
    let count = 0;
    for (const scenario of scenarios) {
      const text = `${scenario.querySelector("summary").textContent} ${scenario.querySelector(".place").textContent}`.toLowerCase();
      const badges = [...scenario.querySelectorAll("summary .badge")];
      const fits = badges.some((badge) => outcomes.has(badge.textContent) && (!only || badge.dataset.target === only));
      scenario.hidden = !(fits && wanted.every((word) => text.includes(word)));
      for (const part of scenario.querySelectorAll(".performance")) part.hidden = Boolean(only) && part.dataset.target !== only;
      if (!scenario.hidden) count += 1;
    }
    shown.textContent = `${count} shown`;
  };

  for (const input of [words, target, ...boxes]) if (input) input.addEventListener("input", filter);
  filter();
})();
