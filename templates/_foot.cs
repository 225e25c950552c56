<?cs # _foot.cs: what ends a page (SPDX-License-Identifier: MIT) ?>
</main>
</body>
</html>
